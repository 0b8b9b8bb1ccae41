import ArgumentParser

/// The commands below `drill`.
struct DrillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill", abstract: "Lose a pod or a node on purpose, and measure what comes of it.",
        subcommands: [PodLossDrill.self, NodeLossDrill.self, PartitionDrill.self])
}
