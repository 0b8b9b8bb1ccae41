import ArgumentParser
import Console
import YAML

/// The command `completion`.
struct Completion: ClusterCommand {
    static let configuration = CommandConfiguration(
        commandName: "completion",
        abstract: "Print the script by which a shell completes this tool's commands and options.",
        discussion: """
            `make install` puts the scripts where shells look for them.

            Examples:
              . <(mooc-cluster completion bash)
              mooc-cluster completion zsh >~/.zfunc/_mooc-cluster
              mooc-cluster completion fish >~/.config/fish/completions/mooc-cluster.fish
            """)

    /// The shells that there are scripts for.
    enum Shell: String, ExpressibleByArgument, CaseIterable {
        case bash, zsh, fish
    }

    @Argument(help: "The shell.")
    var shell: Shell

    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        guard let kind = CompletionShell(rawValue: shell.rawValue) else { return .failed }
        let script = MoocCluster.completionScript(for: kind)
        switch common.output {
        case .json:
            let node: Node = ["shell": .string(shell.rawValue), "script": .string(script)]
            context.console.result(node.json(pretty: true) + "\n")
        case .text: context.console.result(script + "\n")
        }
        return .done
    }
}
