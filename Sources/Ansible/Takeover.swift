package import Inventory
package import YAML

/// An inventory of Ansible as one of ours.
package struct Takeover: Sendable {
    /// What is to be written.
    package let starter: Starter
    /// What was guessed of roles, in sentences.
    package let guesses: [String]

    /// Takes it over; what cannot be is told as warnings with its place.
    ///
    /// - Parameters:
    ///   - inventory: the hosts with their variables.
    ///   - vaults: where the password of a vault comes from, by its id, as YAML; `prompt` for those that are not here.
    ///   - place: a path as the new inventory has to name it; nil where there is no such file.
    ///   - diagnostics: where warnings go, and errors where nothing can be taken over.
    package init(
        of inventory: AnsibleInventory, vaults: [String: String], place: @escaping (String) -> String?,
        diagnostics: Diagnostics
    ) {
        var roles = Roles(inventory.hosts)
        let hosts = inventory.hosts.filter { roles.roles[$0.name] != nil }
        let names = HostNames(hosts.map(\.name))
        var used: Set<String> = []
        var taken: [Starter.Host] = []
        for host in hosts {
            guard let role = roles.roles[host.name] else { continue }
            var reading = HostTakeover(host, place: place, diagnostics: diagnostics)
            guard let new = reading.host(named: names.name(of: host.name), role: role) else { continue }
            taken.append(new)
            used.formUnion(reading.vaults)
        }
        for (old, new) in names.changed {
            roles.guesses.append("'\(old)' is '\(new)' now, as Kubernetes names nodes")
        }
        guesses = roles.guesses
        starter = Starter(hosts: taken, vaults: used.sorted().map { ($0, vaults[$0] ?? "prompt") })
        Self.sayOthers(hosts, diagnostics)
        if taken.isEmpty, !diagnostics.hasErrors { diagnostics.error("no host can be taken over", at: nil) }
    }

    /// Says which variables for ways to hosts have no counterpart; those of playbooks are only counted.
    private static func sayOthers(_ hosts: [AnsibleInventory.Host], _ diagnostics: Diagnostics) {
        var others: Set<String> = []
        for variable in hosts.flatMap({ $0.variables.values })
        where !HostTakeover.known.contains(variable.name) {
            if HostTakeover.needless.contains(where: variable.name.hasPrefix) { continue }
            if variable.name.hasPrefix("ansible_") {
                diagnostics.warning(
                    "'\(variable.name)' has no counterpart, and is left out", at: variable.value.mark)
            } else {
                others.insert(variable.name)
            }
        }
        guard !others.isEmpty else { return }
        let names = others.sorted()
        diagnostics.warning(
            "left out, as variables of playbooks: "
                + names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " …" : ""), at: nil)
    }
}

/// Names of hosts as Kubernetes takes them: labels in lower case, without dots.
private struct HostNames {
    private var names: [String: String] = [:]
    /// Those that are others now, in order.
    private(set) var changed: [(String, String)] = []

    init(_ old: [String]) {
        let short = old.map {
            Self.label($0.wholeMatch(of: /[0-9.:]+/) == nil ? $0.prefix { $0 != "." } : $0[...])
        }
        let isUnique = Set(short).count == short.count
        for (name, short) in zip(old, short) {
            let new = isUnique ? short : Self.label(name[...])
            names[name] = new
            if new != name { changed.append((name, new)) }
        }
    }

    func name(of old: String) -> String { names[old] ?? old }

    private static func label(_ text: Substring) -> String {
        let mended = text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        let bare = String(mended.drop { $0 == "-" }.prefix(63))
        let named = bare.first?.isLetter == true ? bare : "node-" + bare
        return String(named.reversed().drop { $0 == "-" }.reversed())
    }
}
