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
                    var fields: Node = ["host": .string(outcome.host), "phase": .string(outcome.phase)]
                    for entry in failure.fields.entries ?? [] { fields[entry.key] = entry.value }
                    return fields
                }),
        ]
    }
}
