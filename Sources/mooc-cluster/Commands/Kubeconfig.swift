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
        commandName: "kubeconfig",
        abstract: "Print the administrator's kubeconfig, or one of a user, or merge it into your own.",
        discussion: """
            With --user it is that of a user who is no administrator: a new key, which never leaves this machine, a \
            certificate for it that the cluster signs, and the rights of a ClusterRole in all namespaces. A cluster \
            cannot take a certificate back before it ends, but the rights: \
            kubectl delete clusterrolebinding mooc-cluster:NAME:ROLE.

            Examples:
              mooc-cluster kubeconfig --out admin.conf
              mooc-cluster kubeconfig --merge
              mooc-cluster kubeconfig --user jane --days 30 --out jane.conf
              mooc-cluster kubeconfig --user deploy --role edit --merge
            """)

    @Option(help: ArgumentHelp("Make one for a user of this name.", valueName: "name"))
    var user: String?

    @Option(
        help: ArgumentHelp(
            "The ClusterRole of the user: view (the default), edit, admin, or another.", valueName: "name"))
    var role: String?

    @Option(
        help: ArgumentHelp(
            "Days until the user's certificate ends; 365 unless given. Clusters before 1.22 decide that themselves.",
            valueName: "number"))
    var days: Int?

    @Flag(help: "Merge it into $KUBECONFIG, else ~/.kube/config, as a context named after the cluster.")
    var merge = false

    @Option(
        help: ArgumentHelp("Write it to this file, which nobody else may read.", valueName: "file"),
        completion: .file())
    var out: String?

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if user == nil, role != nil || days != nil {
            throw ValidationError("--role and --days go with --user")
        }
        if merge, out != nil { throw ValidationError("give either --merge or --out") }
        if let days, !(1...3650).contains(days) {
            throw ValidationError("--days must lie between 1 and 3650")
        }
        if let user, !UserKubeconfig.isName(user) {
            throw ValidationError(
                "'\(user)' is no name for a user; take letters, digits, '.', '_', '@' and '-', at most 64")
        }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("kubeconfig", site, hosts, context)
        let own: Node
        if let user {
            let wanted = UserKubeconfig(name: user, role: role ?? "view", days: days ?? 365)
            let made = try await wanted.make(operation)
            let left = (made.end - nanoseconds() / 1_000_000_000 + 43_200) / 86_400
            context.console.say("\(user) has the rights of the ClusterRole \(wanted.role) for \(left) days")
            own = made.config
        } else {
            own = try KubeconfigMerge.renamed(
                try await operation.kubeconfig().reveal(), cluster: site.cluster.name)
        }
        if let out {
            try Files.write(own.yaml(), to: context.path(out), mode: 0o600)
            context.result(files: [out], common.output)
            return .done
        }
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
            let whose = user.map { "the key of \($0)" } ?? "the administrator's key"
            context.console.say(
                "\(file) may be read by others (mode 0\(digits)), and now holds \(whose); chmod 600 \(file)",
                .warning)
        }
        context.result(files: [file], common.output)
        context.console.say("try: kubectl --context \(own["current-context"]?.text ?? "") get nodes")
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
