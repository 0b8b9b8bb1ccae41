import ArgumentParser
import Console
import Glibc
import Inventory

/// The command `init`.
struct Init: ClusterCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a commented inventory to start from.",
        discussion: """
            Examples:
              mooc-cluster init
              mooc-cluster init -i lab.yml
            """)

    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let file = common.inventoryFile(context)
        do {
            // Secrets may be written into it later, and then nobody else may read it.
            try Files.write(Cluster.starter, to: context.path(file), mode: 0o600, replaces: false)
        } catch {
            guard error.code == EEXIST else { throw error }
            throw Complaint(
                .failed, "\(file) is there already; remove it first, or name another file with -i")
        }
        context.result(files: [file], common.output)
        context.console.say("fill in your servers in \(file), then run: mooc-cluster validate")
        return .done
    }
}
