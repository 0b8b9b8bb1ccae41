import ArgumentParser
import Console
import Provisioning
import YAML

/// The command `explain`.
struct Explain: ClusterCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what a known cause of failure means and what to do about it.",
        discussion: """
            A run that fails names the cause that its output gives away, such as `apt-locked`; `causeName` of the \
            event stream is the same word. It needs no network and no inventory.

            Examples:
              mooc-cluster explain              all causes that are known
              mooc-cluster explain apt-locked   one of them
            """)

    @Argument(
        help: "The cause's name.", completion: .list(KnownCause.all.map(\.name)))
    var code: String?

    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        guard let code else {
            switch common.output {
            case .json:
                context.console.result(
                    Node.sequence(KnownCause.all.map(\.json)).json(pretty: true) + "\n")
            case .text: context.console.result(Self.table.text(context.console.paint))
            }
            return .done
        }
        guard let cause = KnownCause.all.first(where: { $0.name == code.lowercased() }) else {
            let cure = Suggestion.words(
                for: code, among: KnownCause.all.map(\.name),
                otherwise: "`mooc-cluster explain` lists them all")
            throw Complaint(.usage, "no cause is called '\(code)'; \(cure)")
        }
        context.console.result(
            common.output == .json ? cause.json.json(pretty: true) + "\n" : cause.text(context.console.paint))
        return .done
    }

    private static var table: Table {
        var table = Table(["NAME", "CAUSE"])
        for cause in KnownCause.all { table.add([Table.Cell(cause.name), Table.Cell(cause.cause)]) }
        return table
    }
}

extension KnownCause {
    /// The lines that give it away; what stands between the parts of one does not matter.
    private var lines: [String] { signs.map { $0.joined(separator: " … ") } }

    /// Everything about it, for scripts.
    fileprivate var json: Node {
        [
            "name": .string(name), "cause": .string(cause), "cure": .string(cure),
            "command": .string(command),
            "signs": .sequence(lines.map { .string($0) }), "isConsequence": .bool(isConsequence),
        ]
    }

    /// Everything about it, for a person.
    fileprivate func text(_ paint: Paint) -> String {
        let consequence =
            isConsequence
            ? "\nSuch a line often follows from something else: another cause in the same output explains more.\n"
            : ""
        return """
            \(paint(name, .bold)): \(cause)

            what to do    \(cure)
            on the host   \(command)
            then          run the same command again

            lines that give it away, in any case of letters:
            \(lines.map { "  \($0)\n" }.joined())\(consequence)
            """
    }
}
