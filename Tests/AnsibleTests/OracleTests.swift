import Testing
import YAML

@testable import Ansible

/// Inventories of many shapes against the real `ansible-inventory --list`: the same hosts, groups and variables.
@Suite("Ansible's inventories") struct OracleTests {
    @Test(arguments: Shape.ini + Shape.yaml + Shape.files)
    func readsWhatAnsibleReads(_ shape: Shape) async throws {
        let diagnostics = Diagnostics()
        let inventory = shape.read(diagnostics)
        #expect(!diagnostics.hasErrors, "\(diagnostics.sorted)")
        let theirs = try await Oracle.shared.list(of: shape)
        var names = Set<String>()
        for group in theirs.entries ?? [] {
            names.formUnion((group.value["hosts"]?.items ?? []).compactMap(\.text))
        }
        #expect(Set(inventory.hosts.map(\.name)) == names)
        for host in inventory.hosts {
            #expect(Set(host.groups) == Self.groups(of: host.name, in: theirs), "\(host.name)")
            let wanted = theirs["_meta"]?["hostvars"]?[host.name]?.entries ?? []
            #expect(Set(host.variables.keys) == Set(wanted.map(\.key)), "\(host.name)")
            for entry in wanted {
                let ours = host.variables[entry.key]
                // What is encrypted is not listed; where it is wanted to reach a host, it is open here.
                if entry.value["__ansible_vault"] != nil { continue }
                #expect(Self.meaning(ours?.value) == Self.meaning(entry.value), "\(host.name): \(entry.key)")
            }
        }
    }

    @Test(arguments: Shape.refused)
    func refusesWhatAnsibleRefuses(_ shape: Shape) async throws {
        #expect(try await Oracle.shared.list(of: shape).isNull)
        let diagnostics = Diagnostics()
        _ = shape.read(diagnostics)
        #expect(diagnostics.hasErrors)
        #expect(diagnostics.sorted.allSatisfy { $0.mark?.file == shape.source })
    }

    /// The groups that a host is in, by way of others too.
    private static func groups(of host: String, in list: Node) -> Set<String> {
        var found: Set<String> = ["all"]
        var names = [host]
        while let name = names.popLast() {
            for group in list.entries ?? [] where !found.contains(group.key) {
                let members = (group.value["hosts"]?.items ?? []) + (group.value["children"]?.items ?? [])
                guard members.contains(where: { $0.text == name }) else { continue }
                found.insert(group.key)
                names.append(group.key)
            }
        }
        return found
    }

    /// A value as YAML 1.1 reads it, which is what Ansible does.
    private static func meaning(_ node: Node?) -> String {
        guard let node else { return "nothing" }
        guard case .scalar(let scalar) = node.content else { return node.json(sorted: true) }
        switch scalar.legacy {
        case .bool(let value): return "\(value)"
        case .int(let value): return "\(value)"
        default: return node.json()
        }
    }
}
