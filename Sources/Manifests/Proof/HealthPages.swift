internal import YAML

extension Rendered {
    /// The health page of each Service whose pods are asked for one, by what the readiness probes say.
    ///
    /// Those that only some pods may ask, by a NetworkPolicy, are left out: the proof's pod is none of them.
    ///
    /// `host` is the name that a page wants to be asked by, where its probe says one.
    package var healthPages: [(service: String, url: String, host: String?)] {
        let guarded = objects.filter { $0.kind == "NetworkPolicy" }.map(\.name)
        return waves.flatMap(\.objects).compactMap { workload in
            guard workload.kind != "Job", !guarded.contains(workload.name),
                let container = workload.node[path: ["spec", "template", "spec", "containers"]]?.items?.first,
                let page = container[path: ["readinessProbe", "httpGet"]],
                let path = page["path"]?.text,
                let port = container["ports"]?.items?.first(where: { $0["name"]?.text == page["port"]?.text }
                ),
                let number = port["containerPort"]?.text
            else { return nil }
            let service = objects.first { $0.kind == "Service" && $0.name == workload.name }
            guard let service else { return nil }
            let address = service.node[path: ["spec", "clusterIP"]]?.text ?? "\(service.name).\(namespace)"
            let host = page["httpHeaders"]?.items?.first { $0["name"]?.text == "Host" }?["value"]?.text
            return (workload.name, "http://\(address):\(number)\(path)", host)
        }
    }
}
