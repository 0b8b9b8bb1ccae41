import Foundation
import YAML

/// An inventory for a test: the lab's own, with what the test changes.
struct Inventory: Sendable {
    /// The file's content.
    var root: Node

    /// The lab's inventory with these nodes, the first of them the control plane, and without Open edX.
    init(_ nodes: [LabNode], knownHosts: String) throws {
        let path = Lab.here.state + "/inventory.yml"
        let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        guard let root = YAMLParser.document(text, file: path, diagnostics: Diagnostics()) else {
            throw CocoaError(.fileReadCorruptFile, userInfo: [NSFilePathErrorKey: path])
        }
        self.root = root
        self.root["hosts"] = .sequence(
            nodes.enumerated().map { index, node in
                [
                    "name": .string(node.name), "address": .string(node.address),
                    "role": index == 0 ? "control-plane" : "worker",
                ]
            })
        self.root["openedx"] = nil
        self.root["ssh"]?["knownHosts"] = .string(knownHosts)
    }

    /// Sets a key of the `ssh:` part for all hosts.
    mutating func ssh(_ key: String, _ value: Node?) { root["ssh"]?[key] = value }

    /// Sets a key of one host.
    mutating func host(_ node: LabNode, _ key: String, _ value: Node) {
        guard var hosts = root["hosts"]?.items else { return }
        for index in hosts.indices where hosts[index]["name"]?.text == node.name { hosts[index][key] = value }
        root["hosts"] = .sequence(hosts)
    }

    /// The file's text.
    var text: String { root.yaml() }
}
