import ArgumentParser
import Console
import Provisioning
import YAML

/// The command `phases`.
struct ListPhases: ClusterCommand {
    static let configuration = CommandConfiguration(
        commandName: "phases", abstract: "List the phases of `up`, in order.",
        discussion: """
            Examples:
              mooc-cluster phases
            """)

    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        switch common.output {
        case .json:
            let list = Phases.all.map { phase -> Node in
                [
                    "id": .string(phase.id), "title": .string(phase.title), "help": .string(phase.help),
                    "needs": .sequence(phase.needs.map { .string($0.phase) }),
                ]
            }
            context.console.result(Node.sequence(list).json(pretty: true) + "\n")
        case .text:
            var table = Table(["PHASE", "WHAT IT DOES"])
            for phase in Phases.all { table.add([Table.Cell(phase.id), Table.Cell(phase.help)]) }
            context.console.result(table.text())
        }
        return .done
    }
}
