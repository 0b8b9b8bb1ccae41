import YAML

/// An inventory to start from with hosts in it, and with what is known of how to log in.
package struct Starter: Sendable {
    /// A setting of `ssh:`, as it is written.
    package struct Setting: Sendable, Hashable {
        /// Its key.
        package let key: String
        /// Its value: YAML in one line, or the lines of what `ansible-vault` encrypted.
        package let value: String

        /// Makes one of a value that is YAML.
        package init(_ key: String, yaml value: String) {
            self.key = key
            self.value = value
        }

        /// Makes one of a text.
        package init(_ key: String, _ text: String) { self.init(key, yaml: Quoting.oneLine(text)) }

        /// The lines that say it.
        fileprivate var lines: [String] {
            let lines = value.split(whereSeparator: \.isNewline)
            return lines.count > 1 ? ["\(key): !vault |"] + lines.map { "  \($0)" } : ["\(key): \(value)"]
        }
    }

    /// A host.
    package struct Host: Sendable {
        /// Its name, and where SSH reaches it.
        package var name: String, address: String
        /// Its address inside of the cluster, where that is another one.
        package var privateAddress: String?
        /// What it is to be.
        package var role: Role
        /// Its labels, in the order to write.
        package var labels: [(key: String, value: String)] = []
        /// Its taints.
        package var taints: [String] = []
        /// Whether it is this machine itself.
        package var isLocal = false
        /// What it is, for a comment of one line.
        package var note: String?
        /// How to log in, each key once.
        package var settings: [Setting] = []

        /// Makes one.
        package init(name: String, address: String, role: Role) {
            self.name = name
            self.address = address
            self.role = role
        }
    }

    /// The hosts, in the order to write.
    package var hosts: [Host]
    /// Where the passwords of vaults come from, by id, as YAML.
    package var vaults: [(id: String, source: String)]

    /// Makes one.
    package init(hosts: [Host], vaults: [(id: String, source: String)] = []) {
        self.hosts = hosts
        self.vaults = vaults
    }

    /// The text: that of ``Cluster/starter`` with its blanks filled in as far as hosts fill them.
    package var text: String {
        let common = common
        var left = common
        var lines: [String] = []
        var part: Substring = ""
        for line in Cluster.starter.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.first?.isLetter == true { part = line.prefix { $0 != ":" } }
            if part == "hosts" {
                // The hosts there are samples, up to an empty line.
                if line.hasPrefix("hosts:") { lines += [String(line)] + hostLines(besides: common) }
                guard line.isEmpty else { continue }
                part = ""
            }
            if part == "ssh", let key = line.wholeMatch(of: #/ {2}#?(\w+): .*/#).map({ String($0.1) }) {
                if let index = left.firstIndex(where: { $0.key == key }) {
                    lines += left.remove(at: index).lines.map { "  \($0)" }
                } else {
                    lines.append(key == "user" ? "  #user: ubuntu" : String(line))
                }
                guard key == "sudoPassword" else { continue }
                // What the starter has no line for comes after the last one that it has.
                lines += left.flatMap { $0.lines.map { "  \($0)" } } + vaultLines
            } else {
                lines.append(String(line))
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The settings that most hosts have, where every host has some: a host cannot take one back.
    private var common: [Setting] {
        let all = hosts.filter { !$0.isLocal }
        let keys = all.first?.settings.map(\.key) ?? []
        return keys.compactMap { key in
            let found = all.compactMap { host in host.settings.first { $0.key == key } }
            guard found.count == all.count else { return nil }
            let counts = found.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            // The first of those that are as common, so that the text is the same every time.
            return found.enumerated().max { one, two in
                let (left, right) = (counts[one.element] ?? 0, counts[two.element] ?? 0)
                return left == right ? one.offset > two.offset : left < right
            }?.element
        }
    }

    private var vaultLines: [String] {
        if vaults.isEmpty { return [] }
        return [
            "", "# Where the passwords of vaults come from: prompt, {file: …}, {env: …} or {command: …}.",
            "vaults:",
        ]
            + vaults.map { "  \(Quoting.oneLine($0.id)): \($0.source)" }
    }

    private func hostLines(besides common: [Setting]) -> [String] {
        hosts.flatMap { host in
            var lines = ["name: \(Quoting.oneLine(host.name))", "address: \(Quoting.oneLine(host.address))"]
            if let address = host.privateAddress { lines.append("privateAddress: \(address)") }
            lines.append("role: \(host.role.rawValue)")
            if !host.labels.isEmpty {
                let pairs = host.labels.map { "\(Quoting.oneLine($0.key)): \(Quoting.oneLine($0.value))" }
                lines.append("labels: { \(pairs.joined(separator: ", ")) }")
            }
            if !host.taints.isEmpty {
                lines.append("taints: [\(host.taints.map(Quoting.oneLine).joined(separator: ", "))]")
            }
            let own = host.settings.filter { !common.contains($0) }.flatMap(\.lines)
            if host.isLocal {
                lines.append("connection: local")
            } else if !own.isEmpty {
                lines += ["ssh:"] + own.map { "  \($0)" }
            }
            return (host.note.map { ["  # \($0)"] } ?? [])
                + lines.enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 }
        }
    }
}

extension Starter {
    /// Whether an inventory takes a text as a name of a host.
    package static func isName(_ text: String) -> Bool { TextForm.isLabel(text) }

    /// Whether an inventory takes a text as an address: IPv4, or a host name.
    package static func isAddress(_ text: String) -> Bool { TextForm.isAddress(text) }
}
