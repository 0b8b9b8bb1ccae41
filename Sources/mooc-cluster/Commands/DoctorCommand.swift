import ArgumentParser
import Console
import Manifests
import Playbook
import Provisioning

/// The command `doctor`.
struct DoctorCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Find all that would make a run fail, on hosts and between them.",
        discussion: """
            Everything that `up` would refuse, and besides what is slow or between hosts: the time to sync on etcd's \
            disk, and from each host to each other one the ports that its role and the network plugin need, lost \
            packets, round trips and the size of packets that arrive whole. For that, each host listens on those \
            ports for some seconds, where nothing listens yet. It needs perl-base, which every Debian and Ubuntu has.

            It changes nothing. With --cluster it proves a cluster that stands instead, as `up` does in the end: from \
            a pod on every node the cluster's DNS, the pods of all other nodes and a Service, then a claim, and the \
            application's health. Its pods and its volume are taken away again.

            The exit code is 0 when nothing was found, or warnings only; 1 when something would make a run fail; 69 \
            when hosts were not reached and all else is well, and 77 when one refuses the login, its key or sudo.

            Examples:
              mooc-cluster doctor
              mooc-cluster doctor --limit 'n[1:3]' --no-pairs
              mooc-cluster doctor --cluster
              mooc-cluster doctor --output json
            """)

    @Flag(name: .customLong("no-pairs"), help: "Leave out what lies between hosts.")
    var leavesOutPairs = false

    @Flag(name: .customLong("cluster"), help: "Prove the cluster from inside of it, from every node.")
    var provesCluster = false

    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("doctor", site, hosts, context)
        if provesCluster { return try await prove(operation) }
        let settings = try operation.settings(.plan)
        let demand = Demand(of: try Application.all(site).map { try $0.rendered().demand })
        let diagnosis = try await operation.watched { onEvent in
            try await Doctor(
                site.cluster, operation.surroundings, settings, demand: demand,
                triesPaths: !leavesOutPairs, onEvent: onEvent
            ).perform()
        }
        let list = DiagnosisList(cluster: site.cluster, hosts: operation.hosts, diagnosis: diagnosis)
        operation.answer(list.json, text: list.text(context.console.paint), common.output)
        return list.status
    }

    /// Tries the cluster out; two that do so at once would take each other's pods away.
    private func prove(_ operation: Operation) async throws -> ExitStatus {
        let applications = try Application.all(operation.site)
        return try await operation.alone(lock) {
            let proof = try await operation.prove(applications, operation.proofNodes)
            operation.answer(proof.json, text: proof.text, common.output)
            return proof.isProven ? .done : .failed
        }
    }

    func validate() throws {
        if provesCluster, leavesOutPairs { throw ValidationError("--no-pairs does not go with --cluster") }
        if lock.takeOver, !provesCluster { throw ValidationError("--take-over goes with --cluster") }
    }
}
