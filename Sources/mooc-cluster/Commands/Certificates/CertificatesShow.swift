import ArgumentParser
import Console
import Inventory
import Provisioning
import YAML

/// The command `certs show`.
struct CertificatesShow: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show how long each certificate lasts, on all hosts.",
        discussion: """
            Those of kubeadm live for a year, and `certs renew` makes them anew; kubelet.conf is the kubelet's client \
            certificate, which the kubelet renews itself; authorities live for ten years. The exit code is 1 when one \
            has ended.

            Examples:
              mooc-cluster certs show
              mooc-cluster certs show --limit control-plane --output json
            """)

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let operation = Operation("certs-show", site, hosts, context)
        let parallel = hosts.parallel
        let (report, certificates) = try await operation.watched { onEvent in
            try await CertificateCrew(site.cluster, operation.surroundings, onEvent: onEvent)
                .look(parallel: parallel) { site.hosts?.contains($0.name) ?? true }
        }
        operation.sayTrouble(report)
        let now = operation.surroundings.now() / 1_000_000_000
        let list = Node.sequence(certificates.map { $0.json(at: now) })
        operation.answer(
            list, kept: ["certificates": list], text: certificates.text(at: now, context.console.paint),
            common.output)
        guard report.isDone else { return report.status }
        return certificates.contains { $0.end <= now } ? .failed : .done
    }
}

extension Certificate {
    /// Who makes it anew.
    fileprivate var renewal: String {
        isAuthority ? "an authority; by nobody" : isRenewed ? "by certs renew" : "by the kubelet itself"
    }

    /// For scripts.
    fileprivate func json(at now: Int) -> Node {
        [
            "host": .string(host), "name": .string(name), "days": .int(days(at: now)),
            "ends": .int(end), "authority": .bool(isAuthority), "renewed": .bool(isRenewed),
        ]
    }
}

extension [Certificate] {
    /// For a person.
    fileprivate func text(at now: Int, _ paint: Paint) -> String {
        var table = Table(["HOST", "CERTIFICATE", "DAYS LEFT", "RENEWED"])
        for certificate in self {
            let days = certificate.days(at: now)
            table.add([
                Table.Cell(certificate.host), Table.Cell(certificate.name),
                Table.Cell("\(days)", days < 0 ? .red : days < 30 ? .yellow : .green),
                Table.Cell(certificate.renewal),
            ])
        }
        return table.text(paint)
    }
}
