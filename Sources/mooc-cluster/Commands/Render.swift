import ArgumentParser
import Console
import Manifests
import Provisioning
import YAML

/// The command `render`.
struct Render: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Print the manifests of applications as they would be applied: the same bytes every time.",
        discussion: """
            Secrets are hidden; --show-secrets reads those of the cluster and of the inventory.

            --output-dir writes a folder for git, with a kustomization.yaml for the whole and for each part of it, in \
            the order of application, and without Secrets unless --show-secrets is given. --deliver \
            adds the objects by which Argo CD (sync waves) or Flux (dependsOn) deploys it in that order. Secrets, \
            and the folders of volumes on nodes, are then what one `apply` by this tool has left there.

            Where there are several applications, each gets a folder of its name in that folder.

            Examples:
              mooc-cluster render --application openedx >openedx.yml
              mooc-cluster render --balancer haproxy >haproxy.cfg
              mooc-cluster render --output-dir openedx --deliver flux --repository https://git.example.edu/site
            """)

    @Option(
        help: ArgumentHelp(
            "Write files for git into this folder instead of printing.", valueName: "folder"),
        completion: .directory)
    var outputDir: String?

    @Option(
        help: ArgumentHelp(
            "With --output-dir: add what tells this program to deploy the folder: argo, flux.",
            valueName: "program"))
    var deliver: Delivery.Program?

    @Option(help: ArgumentHelp("With --deliver: the URL of the repository.", valueName: "url"))
    var repository: String?

    @Option(help: ArgumentHelp("With --deliver: the branch.", valueName: "name"))
    var branch = "main"

    @Option(
        help: ArgumentHelp(
            "With --deliver: the folder in the repository. (default: as --output-dir says)",
            valueName: "folder"))
    var repositoryPath: String?

    @Flag(help: "Show the secrets; this asks the cluster.")
    var showSecrets = false

    @Option(
        help: ArgumentHelp(
            "Print the configuration of a balancer before the cluster instead: haproxy, nginx.",
            valueName: "program"))
    var balancer: String?

    @OptionGroup var which: ApplicationOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        if let balancer {
            context.console.result(try Application.platform(site).balancer(balancer))
            return .done
        }
        let applications = try Application.chosen(site, which.application)
        let rendered =
            showSecrets
            ? try await Deployment(applications, Operation("render", site, hosts, context)).rendered()
            : try applications.map { try $0.rendered() }
        if let outputDir {
            let files = try rendered.flatMap { application in
                let place = rendered.count > 1 ? "\(application.application)/" : ""
                return application.files(withSecrets: showSecrets, delivery: try delivery(below: place)).map {
                    (name: place + $0.name, text: $0.text)
                }
            }
            for file in files {
                let path = "\(context.path(outputDir))/\(file.name)"
                if let slash = path.lastIndex(of: "/") { try Files.makeFolder(String(path[..<slash])) }
                try Files.write(file.text, to: path, mode: showSecrets ? 0o600 : 0o644)
            }
            context.result(files: files.map { "\(outputDir)/\($0.name)" }, common.output)
        } else if common.output == .json {
            context.console.result(
                Node.sequence(rendered.flatMap(\.objects).map(\.node)).json(pretty: true) + "\n")
        } else {
            context.console.result(rendered.map(\.yaml).joined())
        }
        return .done
    }

    func validate() throws {
        if deliver != nil, outputDir == nil {
            throw ValidationError("--deliver goes with --output-dir, the folder that is deployed")
        }
        if (deliver == nil) != (repository == nil) {
            throw ValidationError("--deliver and --repository go together")
        }
    }

    /// What deploys the folder, or one below it; nil where nothing was asked for.
    private func delivery(below place: String) throws -> Delivery? {
        guard let deliver, let repository, let outputDir else { return nil }
        let path = "\(repositoryPath ?? outputDir)/\(place)".split(separator: "/").filter { $0 != "." }
        guard repositoryPath != nil || !outputDir.hasPrefix("/"), !path.contains("..") else {
            throw Complaint(
                .usage, "--output-dir is no folder of the repository; name that by --repository-path")
        }
        return Delivery(
            program: deliver, repository: repository, revision: branch, path: path.joined(separator: "/"))
    }
}

extension Delivery.Program: ExpressibleByArgument {}
