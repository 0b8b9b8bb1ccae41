internal import Inventory
package import YAML

extension Edition {
    /// How a balancer outside of the cluster is told to lead to it.
    package struct Balancer: Sendable {
        /// The program, as `render --balancer` names it.
        package var name: String
        /// Lines that stand for one host each, and the whole for each way in which HTTPS is spoken.
        package var template: Node
    }
}

extension Renderer {
    /// The configuration of a balancer outside.
    ///
    /// - Parameter name: the program.
    /// - Returns: the text of its file.
    /// - Throws: `InvalidInput` where the edition knows no such program, or the inventory wants no balancer.
    package func balancer(_ name: String) throws(InvalidInput) -> String {
        let diagnostics = Diagnostics()
        guard let balancer = edition.balancers.first(where: { $0.name == name }) else {
            let known = edition.balancers.map(\.name)
            diagnostics.error(
                "the edition '\(edition.name)' has nothing for a balancer '\(name)'", at: part.mark,
                cure: known.isEmpty ? nil : "known are \(known.joined(separator: ", "))")
            throw InvalidInput(diagnostics.sorted)
        }
        guard part.edge == Self.balancedEdge else {
            diagnostics.error(
                "the part 'openedx' leads to no ports that a balancer could reach", at: part.mark,
                cure: "write 'edge: \(Self.balancedEdge)' there")
            throw InvalidInput(diagnostics.sorted)
        }
        let values = ManifestValues(
            edition: edition, cluster: cluster, part: part, diagnostics: diagnostics)
        let place = frontPlace(values)
        let hosts = cluster.hosts.filter { place == nil || place == $0.name }
        var tree = values.tree
        for line in balancer.template["servers"]?.entries ?? [] {
            let lines = hosts.compactMap { host -> String? in
                var values = tree
                values[path: ["host", "name"]] = .string(host.name)
                values[path: ["host", "address"]] = .string(host.address)
                return placeholders(values, diagnostics).filled(line.value).text
            }
            tree[path: ["servers", line.key]] = .string(lines.joined(separator: "\n"))
        }
        let tls = edition.tls.first
        let scheme = tls?.values.first { $0.name == "scheme" }?.value.text
        let way = tls?.speaksHTTPS == true ? "passes" : scheme == "https" ? "ends" : "plain"
        let text = placeholders(tree, diagnostics).filled(balancer.template[way] ?? .string("")).text
        guard let text, !diagnostics.hasErrors else { throw InvalidInput(diagnostics.sorted) }
        return text
    }

    /// The node of the volume of what answers at the ports; nil where it may stand on any node.
    ///
    /// The others never answer, and a balancer would try them again and again.
    private func frontPlace(_ values: ManifestValues) -> String? {
        let objects = edition.waves.flatMap(\.objects).compactMap { ManifestObject($0) }
        let service = objects.first {
            $0.kind == "Service" && $0.node[path: ["spec", "type"]]?.text == "NodePort"
        }
        let front = objects.first { $0.isWorkload && $0.name == service?.name }
        return values.volumes.first { front?.claims.contains($0.claim.name) == true }?.node
    }

    /// The way in that needs a balancer.
    private static var balancedEdge: String { "nodePorts" }
}
