import ArgumentParser
import Console
import Inventory
import Manifests
import Provisioning
import YAML

/// The command `validate`.
struct Validate: ClusterCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check the inventory: everything wrong at once, without a network.",
        discussion: """
            What is wrong is listed as file:line:column, and the exit code is then 65.

            Examples:
              mooc-cluster validate
              mooc-cluster validate -i lab.yml --output json
            """)

    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let diagnostics = Diagnostics()
        let site = try common.readSite(context, diagnostics)
        do {
            if let site { for application in try Application.all(site) { _ = try application.rendered() } }
        } catch let error as InvalidInput {
            diagnostics.add(contentsOf: error.diagnostics)
        }
        if let site, let table = site.assets.versions(diagnostics) {
            let kubernetes = site.cluster.kubernetes
            let release = table.release(kubernetes.version, at: kubernetes.versionMark, diagnostics)
            if let release { diagnostics.add(contentsOf: Preflight.check(site.cluster, against: release)) }
        }
        let found = diagnostics.sorted
        switch common.output {
        case .json: context.console.result(json(found, valid: !diagnostics.hasErrors))
        case .text where !found.isEmpty:
            context.console.result(found.map { $0.description.printable + "\n" }.joined())
        case .text: break
        }
        if diagnostics.hasErrors { return .badInput }
        if let site, common.output == .text { context.console.result("\(summary(of: site))\n") }
        return .done
    }

    private func summary(of site: Site) -> String {
        let cluster = site.cluster
        let usual = site.assets.versions(Diagnostics())?.newest ?? ""
        let planes = cluster.hosts(of: .controlPlane).count
        let workers = cluster.hosts(of: .worker).count
        func several(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
        let applications = cluster.applications.map { part in
            ", "
                + (part.application == ApplicationPart.openedx
                    ? "Open edX \(part.edition)" : part.application)
                + (part.host.isEmpty ? "" : " at \(part.host)")
        }
        return "\(cluster.file) is fine: cluster \(cluster.name), \(several(planes, "control plane")), "
            + "\(several(workers, "worker")), Kubernetes \(cluster.kubernetes.version ?? usual)"
            + applications.joined()
    }

    private func json(_ diagnostics: [Diagnostic], valid: Bool) -> String {
        let list = diagnostics.map { item -> Node in
            [
                "severity": .string(item.severity.rawValue),
                "file": item.mark.map { .string($0.file) } ?? .null,
                "line": item.mark.map { .int($0.line) } ?? .null,
                "column": item.mark.map { .int($0.column) } ?? .null,
                "message": .string(item.message), "cure": item.cure.map { .string($0) } ?? .null,
            ]
        }
        return Node.mapping(["valid": .bool(valid), "diagnostics": .sequence(list)]).json(pretty: true) + "\n"
    }
}
