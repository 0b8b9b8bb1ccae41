import Inventory
import Provisioning
import YAML

extension DiagnosisList {
    /// For scripts.
    var json: Node {
        let failed = Set(diagnosis.report.failures.map(\.outcome.host))
        return [
            "schema": .string(Self.schema), "cluster": .string(cluster.name),
            "well": .bool(status == .done),
            "hosts": .sequence(
                hosts.map { host in
                    [
                        "host": .string(host.name), "role": .string(host.role.rawValue),
                        "reached": .bool(!failed.contains(host.name)),
                        "findings": .sequence(entries(of: host.name).map(\.json)),
                    ]
                }),
            "findings": .sequence(entries(of: nil).map(\.json)),
            "pairs": .sequence(diagnosis.paths.map(\.json)),
            "pairFindings": .sequence(
                diagnosis.pathFindings.map { finding in
                    var node = Entry(
                        severity: finding.severity, message: finding.message, cure: finding.cure
                    ).json
                    node["from"] = .sequence(finding.from.map { .string($0) })
                    node["to"] = .string(finding.to)
                    return node
                }),
        ]
    }
}

extension DiagnosisList.Entry {
    fileprivate var json: Node {
        ["severity": .string(severity.rawValue), "message": .string(message), "cure": .string(cure)]
    }
}

extension PathReport {
    fileprivate var json: Node {
        [
            "from": .string(from), "to": .string(to),
            "closed": .sequence(
                closed.map { ["port": .string($0.port.word), "answer": .string($0.answer)] }),
            "sent": .int(sent), "arrived": .int(arrived),
            "roundTripMicroseconds": roundTrip.map { .int($0) } ?? .null,
            "packet": .int(size), "arrivesWhole": .bool(isWhole), "largestArrived": .int(largest),
        ]
    }
}
