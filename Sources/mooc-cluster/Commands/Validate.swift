import ArgumentParser
import Console
import YAML

/// The command `validate`.
struct Validate: ClusterCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the inventory: everything wrong at once, without a network.")

    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let file = common.inventoryFile(context)
        let diagnostics = Diagnostics()
        _ = YAMLParser.document(try Files.read(context.path(file)), file: file, diagnostics: diagnostics)
        if diagnostics.hasErrors { throw InvalidInput(diagnostics.sorted) }
        context.console.result("\(file): fine\n")
        return .done
    }
}

extension CommonOptions {
    /// The inventory file as the person named it.
    func inventoryFile(_ context: Context) -> String {
        inventory ?? context.environment["MOOC_CLUSTER_INVENTORY"] ?? "inventory.yml"
    }
}
