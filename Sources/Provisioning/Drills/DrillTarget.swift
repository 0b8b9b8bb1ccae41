package import YAML

/// A service that is asked again and again in a drill.
package struct DrillTarget: Sendable, Hashable {
    /// `namespace/name`.
    package let service: String
    /// Its address in the cluster.
    let address: String
    /// The port that is asked.
    let port: Int
    /// Whether it is asked by HTTP; else it is enough to connect.
    let isHTTP: Bool

    /// Takes a Service; nil where it has no address of its own or no port by TCP.
    package init?(_ service: Node) {
        let ports = (service["spec"]?["ports"]?.items ?? []).filter {
            ($0["protocol"]?.text ?? "TCP") == "TCP"
        }
        guard let address = service["spec"]?["clusterIP"]?.text, address.contains("."),
            let namespace = service["metadata"]?["namespace"]?.text,
            let name = service["metadata"]?["name"]?.text,
            let chosen = ports.first(where: Self.isHTTP) ?? ports.first,
            let port = chosen["port"]?.text.flatMap({ Int($0) })
        else { return nil }
        self.service = "\(namespace)/\(name)"
        self.address = address
        self.port = port
        isHTTP = Self.isHTTP(chosen)
    }

    private static func isHTTP(_ port: Node) -> Bool {
        let name = port["name"]?.text ?? ""
        return name == "http" || name.hasPrefix("http-") || port["appProtocol"]?.text == "http"
    }

    /// The word that `drill.pl` takes.
    var word: String { "\(service):\(address):\(port):\(isHTTP ? "/" : "")" }
}
