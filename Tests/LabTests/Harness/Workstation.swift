import Foundation

/// Where an operator sits: a home folder of its own, an inventory, and the executable.
struct Workstation: Sendable {
    /// The home folder, which holds everything else.
    let home: String

    /// Makes a new one.
    init(_ name: String) throws { home = try Lab.here.folder(name) }

    /// The inventory file.
    var inventoryFile: String { home + "/inventory.yml" }
    /// The known_hosts file that the inventory names.
    var knownHosts: String { home + "/known_hosts" }

    /// Writes an inventory of these nodes, and their true host keys.
    func prepare(_ nodes: [LabNode], trusting: Bool = true, _ change: (inout Inventory) -> Void = { _ in })
        async throws
    {
        var keys = ""
        if trusting { for node in nodes { keys += try await node.hostKeys() } }
        try Lab.write(keys, to: knownHosts)
        var inventory = try Inventory(nodes, knownHosts: knownHosts)
        change(&inventory)
        try Lab.write(inventory.text, to: inventoryFile)
    }

    /// A command of the executable on this inventory.
    func command(_ arguments: [String], environment: [String: String] = [:]) -> Command {
        var variables = [
            "HOME": home, "XDG_STATE_HOME": home + "/state", "XDG_CONFIG_HOME": home + "/config",
            "XDG_CACHE_HOME": home + "/cache", "KUBECONFIG": home + "/kubeconfig", "SSH_AUTH_SOCK": "",
            "NO_COLOR": "1", "CI": "1", "TERM": "dumb", "MOOC_CLUSTER_INVENTORY": inventoryFile,
        ]
        variables.merge(environment) { $1 }
        return Command(Lab.here.binary, arguments, environment: variables)
    }

    /// Starts a command of the executable.
    func start(_ arguments: String...) throws -> Running {
        try command(arguments).start(name: arguments.first ?? "help")
    }

    /// Runs a command of the executable to its end.
    func run(
        _ arguments: String..., environment: [String: String] = [:], within limit: Duration = .seconds(120)
    ) async throws -> Outcome {
        try await command(arguments, environment: environment).run(
            name: arguments.first ?? "help", within: limit)
    }
}
