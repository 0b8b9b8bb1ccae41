import ArgumentParser

/// The commands below `node`.
struct NodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "Add, remove and list nodes.",
        subcommands: [NodeAddition.self, NodeRemoval.self, NodeList.self])
}
