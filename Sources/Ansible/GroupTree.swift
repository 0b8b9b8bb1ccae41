import YAML

/// Hosts and groups as they are read, with the variables that are set for them.
struct GroupTree {
    /// A group.
    struct Group {
        /// Its own hosts, in the order they were named.
        var hosts: [String] = []
        /// The groups in it.
        var children: [String] = []
        /// The groups that it is in.
        var parents: [String] = []
        /// Its variables.
        var variables: [String: Variable] = [:]
        /// Which of the groups of a depth sets a variable: the one with the highest.
        var priority = 1
    }

    /// A thing that cannot be.
    struct Fault: Error {
        /// What is wrong.
        let message: String
    }

    /// How many hosts there may be: more than a cluster can have nodes.
    static let limit = 10_000

    /// The groups by name.
    private(set) var groups: [String: Group] = ["all": Group(), "ungrouped": Group()]
    /// The hosts in the order they were named.
    private(set) var hosts: [String] = []
    /// The variables of hosts.
    private(set) var variables: [String: [String: Variable]] = [:]

    /// Adds a group, if it is not there.
    mutating func add(group: String) {
        if groups[group] == nil { groups[group] = Group() }
    }

    /// Adds a host to a group; a port counts where the host is new.
    mutating func add(host: String, to group: String, port: Node?) throws(Fault) {
        if variables[host] == nil {
            guard hosts.count < Self.limit else {
                throw Fault(message: "there are more than \(Self.limit) hosts")
            }
            hosts.append(host)
            variables[host] = port.map { ["ansible_port": Variable("ansible_port", $0)] } ?? [:]
        }
        if groups[group]?.hosts.contains(host) == false { groups[group]?.hosts.append(host) }
    }

    /// Puts a group into another one.
    mutating func add(child: String, to parent: String) throws(Fault) {
        guard groups[parent]?.children.contains(child) == false else { return }
        guard child != parent, !ancestors(of: parent).contains(child) else {
            throw Fault(message: "the group '\(child)' cannot be in '\(parent)', which is in it")
        }
        groups[parent]?.children.append(child)
        groups[child]?.parents.append(parent)
    }

    /// Sets a variable of a group, or else of a host: a name that both have means the group.
    mutating func set(_ variable: Variable, of name: String) throws(Fault) {
        guard groups[name] != nil else {
            variables[name]?[variable.name] = variable
            return
        }
        guard variable.name == "ansible_group_priority" else {
            groups[name]?.variables[variable.name] = variable
            return
        }
        guard let priority = variable.text.flatMap({ Int($0) }) else {
            throw Fault(message: "the priority of the group '\(name)' is no number")
        }
        groups[name]?.priority = priority
    }

    /// The groups that a host is in, those further out first; `all` is the first.
    func groups(of host: String) -> [String] {
        let own = groups.filter { $0.value.hosts.contains(host) && $0.key != "all" && $0.key != "ungrouped" }
            .keys
        let names = own.reduce(into: Set(own)) { $0.formUnion(ancestors(of: $1)) }.subtracting(["all"])
        let sorted = names.map { (name: $0, depth: depth($0), priority: groups[$0]?.priority ?? 1) }
            .sorted { ($0.depth, $0.priority, $0.name) < ($1.depth, $1.priority, $1.name) }.map(\.name)
        return ["all"] + (names.isEmpty ? ["ungrouped"] : sorted)
    }

    /// All groups that a group is in, but for `all`, which holds every group.
    private func ancestors(of group: String) -> Set<String> {
        var found: Set<String> = []
        var next = groups[group]?.parents ?? []
        while let parent = next.popLast() {
            if found.insert(parent).inserted { next += groups[parent]?.parents ?? [] }
        }
        return found
    }

    /// How many groups there are above a group, on the longest way.
    private func depth(_ group: String) -> Int {
        group == "all" ? 0 : 1 + ((groups[group]?.parents ?? []).map(depth).max() ?? 0)
    }
}
