import Foundation
import Manifests
import Testing
import YAML

@testable import Inventory

/// The Verawood edition of this repository, rendered for inventories that choose this and that.
enum Verawood {
    /// Every service that can be switched on.
    static let services = ["credentials", "discovery", "forum", "notes", "xqueue"]

    /// The edition as it is in the repository, with all that can be chosen.
    static func edition() throws -> Edition { try read.get() }

    /// Read once: most tests start from it.
    private static let read = Result<Edition, any Error> { try edition(of: Ironwood.files()) }

    /// The edition of some files.
    static func edition(of files: [ManifestFile]) throws -> Edition {
        let diagnostics = Diagnostics()
        let edition = Edition.read(
            folder: "manifests/openedx/verawood", files: files, diagnostics: diagnostics)
        guard let edition else { throw InvalidInput(diagnostics.sorted) }
        return edition
    }

    /// An inventory that asks for it.
    static func openedx(
        _ storage: OpenEdXStorage = Ironwood.local, change: (inout ApplicationPart) -> Void = { _ in }
    ) -> ApplicationPart {
        var openedx = Ironwood.openedx(storage)
        openedx.edition = "verawood"
        change(&openedx)
        return openedx
    }

    /// The edition, rendered for such an inventory.
    static func rendered(
        _ storage: OpenEdXStorage = Ironwood.local, kubernetes: KubernetesMinor = KubernetesMinor(1, 37),
        secrets: SecretValues? = nil, change: (inout ApplicationPart) -> Void = { _ in }
    ) throws -> Rendered {
        let openedx = openedx(storage, change: change)
        return try Renderer(
            edition: edition().chosen(by: openedx), cluster: Ironwood.cluster(openedx), part: openedx,
            kubernetes: kubernetes
        ).render(secrets: secrets)
    }

    /// uWSGI's settings.
    static var uwsgi: String {
        get throws {
            try rendered().one("ConfigMap", "openedx-uwsgi-config").node[path: ["data", "uwsgi.ini"]]?.text
                ?? ""
        }
    }

    /// Inventories that between them choose everything.
    enum Shape: String, CaseIterable, Sendable {
        /// What an inventory gets that names the edition alone.
        case plain
        /// Everything switched on, of medium size, on NFS, over HTTPS.
        case whole
        /// Every store outside of the cluster, of large size, behind an Ingress, from an own registry.
        case outside

        /// The edition, rendered for it.
        func rendered(
            kubernetes: KubernetesMinor = KubernetesMinor(1, 37), secrets: SecretValues? = nil
        ) throws -> Rendered {
            let storage = self == .whole ? Ironwood.nfs : Ironwood.local
            return try Verawood.rendered(storage, kubernetes: kubernetes, secrets: secrets) { openedx in
                switch self {
                case .plain: break
                case .whole:
                    openedx.services = Verawood.services
                    openedx.size = "medium"
                    openedx.tls = "internal"
                    openedx.studioHost = "authors.learn.example.edu"
                    openedx.mfeHost = "pages.learn.example.edu"
                    openedx.platformName = "Indian Institute's courses"
                    openedx.contactEmail = "help@example.edu"
                    openedx.language = "pt-br"
                case .outside:
                    openedx.size = "large"
                    openedx.maxReplicas = ["lms", "lms-worker", "cms", "cms-worker"].map { ($0, 60) }
                    openedx.tls = "outside"
                    openedx.edge = "ingress"
                    openedx.ingressClass = "traefik"
                    openedx.trustedProxies = [CIDR("192.0.2.0/28"), CIDR("198.51.100.9/32")].compactMap { $0 }
                    openedx.registry = "registry.example.edu/mirror"
                    openedx.stores = ["mysql", "mongodb", "redis", "redisCache", "smtp"].map {
                        .init(
                            name: $0, host: "\($0.lowercased()).example.edu", port: $0 == "mysql" ? 3307 : nil
                        )
                    }
                }
            }
        }
    }
}
