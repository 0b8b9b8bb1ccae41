import ArgumentParser
import Console
import Inventory
import Provisioning
import YAML

/// The command `certs renew`.
struct CertificatesRenew: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew", abstract: "Make the certificates of the control planes anew.",
        discussion: """
            One control plane after the other: kubeadm renews all of its certificates, then etcd, the API server, the \
            controllers and the scheduler start again. With several control planes the API answers all the time, and \
            none is begun when etcd could not spare it; with one it is away for about a minute. Pods run on. The \
            administrator's kubeconfig is taken again; copies of it elsewhere go on until the old certificate ends.

            Examples:
              mooc-cluster certs renew --plan
              mooc-cluster certs renew
            """)

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("certs-renew", site, hosts, context, streams: true)
        let names = site.cluster.hosts(of: .controlPlane).map(\.name).joined(separator: ", ")
        if !plan.isOn {
            try await common.confirm(
                "Renew the certificates of \(names), and restart what uses them?", context)
        }
        return try await operation.alone(lock, unless: plan) {
            let report = try await operation.watched { onEvent in
                try await CertificateCrew(site.cluster, operation.surroundings, onEvent: onEvent)
                    .renew(named: timestamp(), mode: plan.mode)
            }
            guard !plan.isOn else { return operation.finish(report, isPlan: true, common.output) }
            let path = try KubeconfigFile(context, site.cluster).keep(report.kubeconfig)
            return operation.finish(
                report, isPlan: false, common.output,
                more: (
                    [("kubeconfig", path.map { .string($0) } ?? .null)],
                    path.map { "kubeconfig: \($0)\n" } ?? ""
                ))
        }
    }
}
