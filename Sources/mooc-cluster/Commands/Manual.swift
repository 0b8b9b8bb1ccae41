import ArgumentParser
import Console
import YAML

/// The command `manual`, for `make install`.
struct Manual: ClusterCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Write the manual pages into a folder, one for each command.",
        discussion: """
            Examples:
              mooc-cluster manual ~/.local/share/man/man1
            """, shouldDisplay: false)

    @Argument(help: "The folder.", completion: .directory)
    var folder: String

    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let diagnostics = Diagnostics()
        // JSON is YAML.
        let dump = YAMLParser.document(MoocCluster._dumpHelp(), file: "help", diagnostics: diagnostics)
        guard let root = dump?["command"] else { throw InvalidInput(diagnostics.sorted) }
        let pages = ManualPage.all(of: root, version: MoocCluster.configuration.version)
        try Files.makeFolder(context.path(folder))
        for page in pages { try Files.write(page.text, to: "\(context.path(folder))/\(page.name).1") }
        context.result(files: pages.map { "\(folder)/\($0.name).1" }, common.output)
        return .done
    }
}
