import ArgumentParser
import Console

/// How a result is written.
enum OutputFormat: String, Sendable, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// The options that every command has.
struct CommonOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: "The inventory file. (default: $MOOC_CLUSTER_INVENTORY, else inventory.yml)",
        completion: .file(extensions: ["yml", "yaml"]))
    var inventory: String?

    @Option(
        help: ArgumentHelp(
            "Only these: names (also n*, n[1:5]), roles, label=value, comma-separated; !n3 takes one out.",
            valueName: "hosts"))
    var limit: String?

    @Option(help: "How the result is written.")
    var output: OutputFormat = .text

    @Flag(
        name: .shortAndLong,
        help: "Say every step, also those that change nothing, and show the commands that run on hosts.")
    var verbose = false

    @Flag(name: .shortAndLong, help: "Go on without asking.")
    var yes = false
}

extension CommonOptions {
    /// Goes on when `--yes` is given or a person says so.
    ///
    /// - Throws: ``Complaint`` when the answer is no, and what asking throws.
    func confirm(_ question: String, _ context: Context) async throws {
        if yes { return }
        guard try await context.console.confirm(question) else {
            throw Complaint(.failed, "not done: the answer was no")
        }
    }
}
