import YAML

/// A host that is to be written into an inventory.
package struct NewHost: Sendable {
    /// Its name.
    package let name: String
    /// Where SSH reaches it.
    package let address: String
    /// What it is to be.
    package let role: Role
    /// Its labels, in the order to write.
    package let labels: [(key: String, value: String)]

    /// Makes one.
    package init(name: String, address: String, role: Role, labels: [(key: String, value: String)]) {
        self.name = name
        self.address = address
        self.role = role
        self.labels = labels
    }

    /// As an item of `hosts:` on one line.
    package var line: String { "- { \(entries.joined(separator: ", ")) }" }

    /// Whether a host of an inventory is this one.
    package func isSame(as host: Host) -> Bool {
        name == host.name && address == host.address && role == host.role
            && Dictionary(labels) { $1 } == Dictionary(host.labels) { $1 }
    }

    /// The text of an inventory with this host at the end of its list; all other bytes stay as they are.
    ///
    /// - Throws: ``UnfitInventory`` when its shape does not allow it.
    package func added(to bytes: [UInt8], file: String) throws(UnfitInventory) -> [UInt8] {
        let unfit = UnfitInventory(file: file, line: line)
        let old = YAMLParser.document(bytes, file: file, diagnostics: Diagnostics())
        guard let old, let last = old["hosts"]?.items?.last?.mark, let place = HostPlace(last, in: bytes)
        else { throw unfit }
        let block = entries.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
        let new = place.inserting(place.isFlow ? [line] : block, into: bytes)
        // The list must have become longer by this host, and nothing else may mean something else.
        let read = YAMLParser.document(new, file: file, diagnostics: Diagnostics())
        guard let read, let items = read["hosts"]?.items, let added = items.last, added.json() == node.json()
        else { throw unfit }
        var rest = read
        rest["hosts"] = .sequence(Array(items.dropLast()))
        guard rest.json() == old.json() else { throw unfit }
        return new
    }

    private var entries: [String] {
        var entries = [
            "name: \(Quoting.oneLine(name))", "address: \(Quoting.oneLine(address))",
            "role: \(role.rawValue)",
        ]
        if !labels.isEmpty {
            let pairs = labels.map { "\(Quoting.oneLine($0.key)): \(Quoting.oneLine($0.value))" }
            entries.append("labels: { \(pairs.joined(separator: ", ")) }")
        }
        return entries
    }

    /// The same as it is read.
    private var node: Node {
        var node: Node = [
            "name": .string(name), "address": .string(address), "role": .string(role.rawValue),
        ]
        if !labels.isEmpty {
            let pairs = labels.map { Mapping.Entry(key: $0.key, value: .string($0.value)) }
            node["labels"] = Node(.mapping(Mapping(pairs)))
        }
        return node
    }
}

/// An inventory into which something cannot be written without changing the rest.
package struct UnfitInventory: Error, Sendable, Hashable {
    /// The file as the person named it.
    package let file: String
    /// What is to be written into it.
    package let line: String
}
