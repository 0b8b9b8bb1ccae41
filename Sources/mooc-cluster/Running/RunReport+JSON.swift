import Inventory
import Provisioning
import YAML

extension RunReport {
    /// The report for scripts.
    func json(_ cluster: Cluster) -> Node {
        [
            "cluster": .string(cluster.name),
            "done": .bool(isDone),
            "changes": .int(changes),
            "hosts": .sequence(
                cluster.hosts.map { host in
                    [
                        "name": .string(host.name), "role": .string(host.role.rawValue),
                        "result": .string(result(of: host.name)), "changes": .int(changes(on: host.name)),
                    ]
                }),
            "findings": .sequence(
                findings.map { finding in
                    [
                        "severity": .string(finding.severity.rawValue),
                        "host": finding.host.map { .string($0) } ?? .null,
                        "message": .string(finding.message), "cure": .string(finding.cure),
                    ]
                }),
            "failures": .sequence(
                failures.map { outcome, failure in
                    [
                        "host": .string(outcome.host), "phase": .string(outcome.phase),
                        "step": failure.step.map { .string($0) } ?? .null,
                        "place": failure.mark.map { .string("\($0)") } ?? .null,
                        "message": .string(failure.message),
                        "cause": failure.cause.map { .string($0.cause) } ?? .null,
                        "next": .string(failure.next),
                        "output": .sequence(failure.output.map { .string($0) }),
                    ]
                }),
        ]
    }
}
