import ArgumentParser
import Inventory
import Manifests
import Provisioning
import YAML

/// The command `openedx authority`.
struct Authority: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "authority",
        abstract: "Print the root certificate that browsers must be given, where `openedx.tls` is internal.",
        discussion: """
            It is no secret. Each device of the campus has to trust it once; certificates of the sites follow by \
            themselves. It is made by the first `apply` with tls internal, and stays the same as long as the cluster's \
            Secret has it.

            Examples:
              mooc-cluster openedx authority --out campus-root.pem
              curl --cacert campus-root.pem https://learn.example.edu/heartbeat
            """)

    @Option(help: ArgumentHelp("Write it to this file.", valueName: "file"), completion: .file())
    var out: String?

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        guard let secret = application.edition.tls.first?.authority else {
            throw Complaint(
                .badInput,
                "\(site.cluster.file): the platform has no authority of its own; write 'tls: internal' in the part 'openedx'"
            )
        }
        let operation = Operation("openedx-authority", site, hosts, context)
        let secrets = try await operation.secrets(of: application, try await operation.clusterAccess())
        guard let root = secrets.reveal(secret) else {
            throw Complaint(.failed, "the cluster has no root certificate yet; `mooc-cluster apply` makes it")
        }
        if let out {
            try Files.write(root, to: context.path(out))
            context.result(files: [out], common.output)
        } else {
            operation.answer(["root": .string(root)], text: root, common.output)
        }
        return .done
    }
}
