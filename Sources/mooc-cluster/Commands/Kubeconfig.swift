import ArgumentParser
import Console
import Inventory
import Playbook
import Provisioning
import YAML

/// The command `kubeconfig`.
struct Kubeconfig: ClusterCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the administrator's kubeconfig, or merge it into your own.")

    @Flag(help: "Merge it into $KUBECONFIG, else ~/.kube/config, as a context named after the cluster.")
    var merge = false

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = try Operation("kubeconfig", site, hosts, context)
        let text = try await operation.kubeconfig().reveal()
        let own = try KubeconfigMerge.renamed(text, cluster: site.cluster.name)
        guard merge else {
            context.console.result(own.yaml())
            return .done
        }
        let path = context.environment["KUBECONFIG"].flatMap {
            $0.split(separator: ":").first.map(String.init)
        }
        let file = context.path(path ?? "~/.kube/config")
        let before = try? Files.read(file)
        let merged = try KubeconfigMerge.merge(own, into: before, file: file)
        try Files.makeFolder(String(file[..<(file.lastIndex(of: "/") ?? file.startIndex)]))
        try Files.write(merged.yaml(), to: file, mode: 0o600)
        context.console.result("\(file)\n")
        context.console.say("try: kubectl --context \(site.cluster.name) get nodes")
        return .done
    }
}
