internal import Cryptography
internal import Inventory
internal import YAML

extension ManifestValues {
    /// Where stores are, and how they are reached.
    static func addStores(
        to values: inout Node, edition: Edition, part: ApplicationPart, authorities: [String: String]
    ) {
        for store in edition.stores {
            let outside = part.stores.last { $0.name == store.name }
            let anywhere = outside?.host ?? "\(store.host).\(part.namespace).svc"
            // Where nobody gives one, the image's own authorities count.
            let file = outside?.authority.flatMap { _ in
                edition.authorities.map { "\($0.folder)/\(store.name).pem" }
            }
            let texts = [
                ("host", outside?.host ?? store.host), ("hostAnywhere", anywhere),
                ("user", outside?.user ?? store.login?.user ?? ""),
                ("tls", outside?.tls ?? store.tls.first ?? "false"),
                ("authority", authorities[store.name] ?? ""), ("authorityFile", file ?? ""),
            ]
            for (key, text) in texts + store.more.map({ ($0, outside?.more[$0] ?? $1) }) {
                values[path: ["stores", store.name, key]] = .string(text)
            }
            values[path: ["stores", store.name, "port"]] = .int(outside?.port ?? store.port)
        }
    }

    /// Says which files of authorities have no certificate.
    static func checkAuthorities(
        of part: ApplicationPart, _ authorities: [String: String], _ diagnostics: Diagnostics
    ) {
        for store in part.stores {
            guard let text = authorities[store.name], !ServerCertificate.isThere(in: text) else { continue }
            diagnostics.error(
                "the file 'authority' of the store '\(store.name)' has no certificate in PEM",
                at: store.authorityMark ?? part.mark, cure: "name one with '-----BEGIN CERTIFICATE-----'")
        }
    }
}
