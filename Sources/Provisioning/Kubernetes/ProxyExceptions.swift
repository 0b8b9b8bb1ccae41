import Inventory

/// What is reached without the proxy: the cluster itself, and what the inventory adds.
struct ProxyExceptions {
    private let situation: Situation

    /// Computes the exceptions of a cluster.
    init(_ situation: Situation) { self.situation = situation }

    /// Hosts, domains and networks, as NO_PROXY takes them; empty where there is no proxy.
    var list: [String] {
        let cluster = situation.cluster
        guard cluster.mirrors.proxy != nil else { return [] }
        var all = ["localhost", "127.0.0.1", ".svc", ".cluster.local"]
        all += ["\(situation.podNetwork)", "\(cluster.kubernetes.serviceNetwork)"]
        for host in cluster.hosts { all += [host.name, host.nodeAddress] }
        all.append(String(situation.endpoint.prefix { $0 != ":" }))
        all += cluster.mirrors.registries.compactMap { Self.host(of: $0.url) }
        if let packages = cluster.mirrors.kubernetes.flatMap(Self.host) { all.append(packages) }
        all += cluster.mirrors.noProxy
        var seen: Set<String> = []
        return all.filter { seen.insert($0).inserted }
    }

    /// apt's configuration: the proxy, and the hosts that it goes straight to; empty where there is no proxy.
    var aptConfiguration: String {
        guard let proxy = situation.cluster.mirrors.proxy else { return "" }
        // without its login, as everybody's apt reads this
        var lines = ["http", "https"].map { "Acquire::\($0)::Proxy \"\(proxy.address)\";" }
        // apt knows single hosts here, neither domains nor networks
        for host in list where !host.hasPrefix(".") && !host.contains("/") && !host.contains("*") {
            lines.append("Acquire::http::Proxy::\(host) \"DIRECT\";")
            lines.append("Acquire::https::Proxy::\(host) \"DIRECT\";")
        }
        return lines.joined(separator: "\n")
    }

    /// The host of a URL.
    private static func host(of url: String) -> String? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let rest = url[scheme.upperBound...].prefix { $0 != "/" }
        let host = rest.split(separator: "@").last?.prefix { $0 != ":" }
        return host.map(String.init)
    }
}
