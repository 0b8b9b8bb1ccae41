import YAML

/// A host as it was read, with the places that checks between hosts need.
struct HostDraft {
    /// The host; its name is empty when that could not be read.
    var host: Host
    /// The host in messages: by its name, else by its number.
    var what: String
    /// Whether its role was read, and is not just the default in place of a wrong one.
    var roleIsRead: Bool
    /// Where its name stands.
    var name: Mark?
    /// Where its address stands; nil also when it could not be read.
    var address: Mark?
    /// Where its address inside of the cluster stands.
    var privateAddress: Mark?
    /// Where its static address stands.
    var staticAddress: Mark?
}

extension Host {
    /// Reads one item of `hosts:`; nil only when it is no mapping at all.
    static func read(_ node: Node, number: Int, ssh: SSHOptions, in reading: InventoryReading) -> HostDraft? {
        guard var reader = MappingReader(node, what: "host \(number)", diagnostics: reading.diagnostics)
        else {
            return nil
        }
        let name = reader.requiredString("name", as: .label)
        if let name { reader.what = "host '\(name)'" }
        let address = reader.requiredString("address", as: .address)
        let role = reader.choice("role", of: Role.allCases.map(\.rawValue)).flatMap(Role.init(rawValue:))
        let privateAddress = reader.string("privateAddress", as: .ipv4)
        let host = Host(
            name: name ?? "", address: address ?? "", privateAddress: privateAddress, role: role ?? .worker,
            labels: labels(&reader), taints: taints(&reader),
            connection: connection(&reader, ssh: ssh, in: reading),
            staticAddress: StaticAddress.read("staticAddress", of: &reader), mark: node.mark)
        reader.finish()
        return HostDraft(
            host: host, what: reader.what, roleIsRead: role != nil || reader.value("role") == nil,
            name: reader.mark(of: "name"),
            address: reader.mark(of: "address"),
            privateAddress: reader.mark(of: "privateAddress"), staticAddress: reader.mark(of: "staticAddress")
        )
    }

    private static func labels(_ reader: inout MappingReader) -> [(key: String, value: String)] {
        reader.entries("labels").compactMap { entry in
            let name = "labels.\(entry.key)"
            if !TextForm.isLabelKey(entry.key) {
                reader.diagnostics.error(
                    "'\(entry.key)' of \(reader.what) cannot be a label", at: entry.keyMark,
                    cure: "use letters, digits, '-', '_' and '.', perhaps with a domain and '/' before")
            }
            guard let value = reader.text(entry.value, of: name) else { return nil }
            guard TextForm.isLabelValue(value) else {
                reader.diagnostics.error(
                    "'\(value)' of \(reader.what) cannot be the value of a label", at: entry.value.mark,
                    cure:
                        "use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends"
                )
                return nil
            }
            return (entry.key, value)
        }
    }

    private static func taints(_ reader: inout MappingReader) -> [String] {
        var taints: [String] = []
        for node in reader.sequence("taints") ?? [] {
            guard let text = reader.text(node, of: "taints") else { continue }
            let halves = text.split(separator: ":", omittingEmptySubsequences: false)
            let pair = (halves.first ?? "").split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = String(pair.first ?? "")
            let value = pair.count > 1 ? String(pair[1]) : ""
            let effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"]
            if halves.count == 2, TextForm.isLabelKey(key), TextForm.isLabelValue(value),
                effects.contains(String(halves[1]))
            {
                taints.append(text)
            } else {
                reader.diagnostics.error(
                    "'\(text)' of \(reader.what) is no taint", at: node.mark,
                    cure: "write key=value:Effect, where Effect is one of \(effects.joined(separator: ", "))")
            }
        }
        return taints
    }

    private static func connection(
        _ reader: inout MappingReader, ssh: SSHOptions, in reading: InventoryReading
    ) -> Connection {
        let local = reader.choice("connection", of: ["ssh", "local"]) == "local"
        guard var own = reader.mapping("ssh", what: "'ssh' of \(reader.what)") else {
            return local ? .local : .ssh(ssh)
        }
        let options = SSHOptions.read(&own, over: ssh, in: reading)
        guard local else { return .ssh(options) }
        reader.diagnostics.error(
            "\(reader.what) has 'connection: local' and 'ssh'", at: own.mark, cure: "keep one of them")
        return .local
    }
}
