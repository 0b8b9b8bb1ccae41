import ArgumentParser

/// The commands below `node`.
struct NodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "Add, remove, drain and list nodes.",
        subcommands: [
            NodeAddition.self, NodeRemoval.self, NodeDraining.self, NodeCordon.self, NodeUncordon.self,
            NodeList.self,
        ])
}
