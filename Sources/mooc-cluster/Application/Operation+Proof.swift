import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

extension Operation {
    /// Tries out from inside of the cluster what it is for: names, the way between nodes, Services, a claim, and the
    /// application's health.
    ///
    /// - Parameter application: the application that must be rolled out and healthy; nil proves the cluster alone.
    /// - Returns: the outcome of everything that was tried.
    /// - Throws: what asking the cluster throws.
    func prove(_ application: Application?) async throws -> ProofReport {
        console.say("proving the cluster from inside of it")
        let host = try controlPlane().name
        let proof = Proof(
            kubectl: try await kubectl(),
            volume: ProofVolume(for: site.cluster))
        let report = try await proof.run(
            of: try application?.rendered(), nodes: site.cluster.hosts.map(\.name),
            nonce: Runner.randomToken()
        ) { check in
            context.record.take(check, on: host)
            if let failure = check.failure {
                console.say("\(check.words): \(failure)", .error)
            } else {
                console.say("\(check.words): yes", .detail)
            }
        }
        return report
    }
}

extension ProofCheck {
    /// What was tried, in words that an outcome can follow.
    var words: String {
        switch kind {
        case .nodes: "node \(subject) is Ready"
        case .pod: "a pod runs on \(subject)"
        case .dns: "a pod on \(subject) asks the cluster's DNS"
        case .pods: "a pod on \(subject) reaches the pods of all other nodes"
        case .service: "a pod on \(subject) reaches a Service"
        case .claim: "a claim is written and read back"
        case .workload: "\(subject) is rolled out"
        case .health: "\(subject) says that it is well"
        }
    }
}

extension ProofReport {
    /// The result for scripts.
    var json: Node {
        [
            "proven": .bool(isProven),
            "checks": .sequence(
                checks.map { check in
                    [
                        "kind": .string(check.kind.rawValue), "subject": .string(check.subject),
                        "failure": check.failure.map { .string($0) } ?? .null,
                    ]
                }),
        ]
    }

    /// The result for a person: one line, and one for each failure.
    var text: String {
        let failed = checks.filter { $0.failure != nil }
        guard !isProven else {
            return "proven: \(checks.count) checks from inside of the cluster, all well\n"
        }
        let lines = failed.map { "  \($0.words): \($0.failure ?? "")\n" }
        return "not proven: \(failed.count) of \(checks.count) checks failed\n" + lines.joined()
    }
}
