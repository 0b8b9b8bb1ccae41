import ArgumentParser
import Inventory
import Playbook
import Provisioning
import YAML

/// The command `play`.
struct PlayFiles: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "play", abstract: "Run playbook files on the hosts of the inventory.",
        discussion:
            """
            Hosts run at once; each runs the files in their order, and stops at the first that fails. The values \
            NODE_NAME and NODE_ADDRESS are each host's own.

            Examples:
              mooc-cluster play --plan motd.yml
              mooc-cluster play motd.yml -e WORDS=hello --secret KEY=file:key.txt
            """)

    @Argument(help: "Playbook files.", completion: .file(extensions: ["yml", "yaml"]))
    var files: [String]

    @Option(
        name: [.customShort("e"), .long],
        help: ArgumentHelp(
            "A value that playbooks name in `values:`; everybody on this machine sees it in the process list.",
            valueName: "NAME=VALUE"))
    var value: [String] = []

    @Option(
        help: ArgumentHelp(
            "A secret value: env:VARIABLE, file:PATH (its first line), command:LINE (the first line that it prints) "
                + "or prompt. It is shown nowhere.",
            valueName: "NAME=SOURCE"))
    var secret: [SecretValue] = []

    @OptionGroup var plan: PlanOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        for pair in value where !(pair.firstIndex(of: "=").map { $0 > pair.startIndex } ?? false) {
            throw ValidationError("-e takes NAME=VALUE, not '\(pair)'")
        }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("play", site, hosts, context, streams: true)
        let surroundings = operation.surroundings.readingFiles
        let settings = try operation.settings(plan.mode)
        let values = try await values(operation.secrets, context)
        let report = try await operation.watched { onEvent in
            try await Play(site.cluster, surroundings, settings, onEvent: onEvent)
                .perform(files, values: values)
        }
        return operation.finish(report, isPlan: plan.isOn, common.output)
    }

    private func values(_ reader: SecretReader, _ context: Context) async throws -> Values {
        var values = Values()
        for pair in value {
            guard let equals = pair.firstIndex(of: "=") else { continue }
            values[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
        }
        for value in secret {
            values.setSecret(
                value.name, try await reader.secret(value.source, what: "The secret \(value.name)"))
        }
        return values
    }
}
