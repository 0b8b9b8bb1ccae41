import ArgumentParser
import Console
import Manifests
import Provisioning
import YAML

/// The command `render`.
struct Render: HostCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the application's manifests as they would be applied: the same bytes every time.",
        discussion: """
            Secrets are hidden; --show-secrets reads those of the cluster and of the inventory.

            Examples:
              mooc-cluster render >openedx.yml
              mooc-cluster render --balancer haproxy >haproxy.cfg
            """)

    @Option(
        help: ArgumentHelp("Write files into this folder instead of printing.", valueName: "folder"),
        completion: .directory)
    var outputDir: String?

    @Flag(help: "Show the secrets; this asks the cluster.")
    var showSecrets = false

    @Option(
        help: ArgumentHelp(
            "Print the configuration of a balancer before the cluster instead: haproxy, nginx.",
            valueName: "program"))
    var balancer: String?

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.required(site)
        if let balancer {
            context.console.result(try application.balancer(balancer))
            return .done
        }
        let rendered =
            showSecrets
            ? try await Deployment(application, Operation("render", site, hosts, context)).rendered()
            : try application.rendered()
        if let outputDir {
            let folder = context.path(outputDir)
            try Files.makeFolder(folder)
            for file in rendered.files {
                try Files.write(file.text, to: "\(folder)/\(file.name)", mode: showSecrets ? 0o600 : 0o644)
            }
            context.result(files: rendered.files.map { "\(outputDir)/\($0.name)" }, common.output)
        } else if common.output == .json {
            context.console.result(Node.sequence(rendered.objects.map(\.node)).json(pretty: true) + "\n")
        } else {
            context.console.result(rendered.yaml)
        }
        return .done
    }
}
