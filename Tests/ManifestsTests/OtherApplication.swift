import Inventory
import Manifests
import Testing
import YAML

/// An application of this repository besides Open edX, as an inventory gets it that gives a host name alone.
enum OtherApplication {
    /// Its edition.
    static func edition(_ application: String) throws -> Edition {
        let diagnostics = Diagnostics()
        let edition = try Edition.read(
            folder: "manifests/\(application)", files: Ironwood.files(), diagnostics: diagnostics)
        return try #require(edition, "\(diagnostics.items)")
    }

    /// It, rendered.
    static func rendered(
        _ application: String, _ storage: ApplicationPart.Storage = Ironwood.local,
        kubernetes: String = "1.37", secrets: SecretValues? = nil,
        change: (inout ApplicationPart) -> Void = { _ in }
    ) throws -> Rendered {
        var part = Ironwood.openedx(storage)
        part.application = application
        part.edition = ""
        part.host = "wiki.example.edu"
        part.namespace = application
        change(&part)
        return try Renderer(
            edition: edition(application).chosen(by: part), cluster: Ironwood.cluster(part), part: part,
            kubernetes: KubernetesMinor(kubernetes)
        ).render(secrets: secrets)
    }
}
