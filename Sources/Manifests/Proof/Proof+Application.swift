internal import YAML

extension Proof {
    /// Whether an application is rolled out, and answers on its health pages.
    ///
    /// - Parameters:
    ///   - rendered: the application.
    ///   - place: what stands before the names of what was tried.
    ///   - node: the node whose pod asks; nil where there is none.
    /// - Returns: the outcome of everything that was tried.
    /// - Throws: what kubectl throws.
    func checks(
        of rendered: Rendered, calling place: String, from node: String?
    ) async throws -> [ProofCheck] {
        let names = rendered.waves.flatMap(\.objects)
        let live = try await client.present(names)
        var checks = names.map { object -> ProofCheck in
            guard let found = live.first(where: { $0.id == object.id }) else {
                return ProofCheck(.workload, "\(place)\(object.id)", failure: "it is not there")
            }
            switch WorkloadState(found) {
            case .ready: return ProofCheck(.workload, "\(place)\(object.id)")
            case .waiting(let why), .failed(let why):
                return ProofCheck(.workload, "\(place)\(object.id)", failure: why)
            }
        }
        guard let node else { return checks }
        let pages = rendered.healthPages
        var script = ""
        for page in pages {
            let host = page.host.map { "--header 'Host: \($0)' " } ?? ""
            script += "if why=$(busybox timeout 10 busybox wget -q -O /dev/null \(host)'\(page.url)' 2>&1); "
            script += "then echo 'ok \(page.service)'; else echo \"no \(page.service) $why\"; fi\n"
        }
        let result = try await client.kubectl(
            ["exec", "--stdin", "--namespace=\(Proof.namespace)", "proof-\(node)", "--", "sh", "-s"],
            Array(script.utf8))
        let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
        checks += pages.map { page in
            if lines.contains("ok \(page.service)") { return ProofCheck(.health, place + page.service) }
            let line = lines.first { $0.hasPrefix("no \(page.service) ") }
            return ProofCheck(
                .health, place + page.service, failure: line ?? String(decoding: result.error, as: UTF8.self))
        }
        return checks
    }
}
