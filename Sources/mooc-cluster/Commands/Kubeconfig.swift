import ArgumentParser
import Console
import Glibc
import Inventory
import Playbook
import Provisioning
import YAML

/// The command `kubeconfig`.
struct Kubeconfig: HostCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the administrator's kubeconfig, or merge it into your own.",
        discussion: """
            Examples:
              mooc-cluster kubeconfig >admin.conf
              mooc-cluster kubeconfig --merge
            """)

    @Flag(help: "Merge it into $KUBECONFIG, else ~/.kube/config, as a context named after the cluster.")
    var merge = false

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("kubeconfig", site, hosts, context)
        let text = try await operation.kubeconfig().reveal()
        let own = try KubeconfigMerge.renamed(text, cluster: site.cluster.name)
        guard merge else {
            context.console.result(common.output == .json ? own.json(pretty: true) + "\n" : own.yaml())
            return .done
        }
        let path = context.environment["KUBECONFIG"].flatMap {
            $0.split(separator: ":").first.map(String.init)
        }
        let file = context.path(path ?? "~/.kube/config")
        let merged = try KubeconfigMerge.merge(own, into: try before(file), file: file)
        if let slash = file.lastIndex(of: "/") { try Files.makeFolder(String(file[..<slash])) }
        try Files.rewrite(merged.yaml(), through: file)
        if let mode = Files.mode(file), mode & 0o077 != 0 {
            let digits = String(mode, radix: 8)
            context.console.say(
                "\(file) may be read by others (mode 0\(digits)), and now holds the administrator's key; chmod 600 \(file)",
                .warning)
        }
        context.result(files: [file], common.output)
        context.console.say("try: kubectl --context \(site.cluster.name) get nodes")
        return .done
    }

    /// The present content; only a file that is not there has none, as one that cannot be read would be lost.
    private func before(_ file: String) throws(FileError) -> [UInt8]? {
        do {
            return try Files.read(file)
        } catch {
            guard error.code == ENOENT else { throw error }
            return nil
        }
    }
}
