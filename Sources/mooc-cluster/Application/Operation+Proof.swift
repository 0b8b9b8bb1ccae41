import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

extension Operation {
    /// Tries out from inside of the cluster what it is for: names, the way between nodes, Services, a claim, and the
    /// health of applications.
    ///
    /// - Parameters:
    ///   - applications: those that must be rolled out and healthy; none proves the cluster alone.
    ///   - nodes: the nodes that it is about.
    /// - Returns: the outcome of everything that was tried.
    /// - Throws: what asking the cluster throws.
    func prove(_ applications: [Application], _ nodes: Proof.Nodes) async throws -> ProofReport {
        console.say("proving the cluster from inside of it")
        let host = try await controlPlane().name
        let proof = Proof(
            kubectl: try await kubectl(),
            volume: ProofVolume(for: site.cluster))
        let report = try await proof.run(
            of: try applications.map { try $0.rendered() }, nodes: nodes, nonce: Runner.randomToken()
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

    /// The nodes that a proof of `up` is about: all hosts, or those of `--limit`, beside which others take part
    /// where they are ready.
    var proofNodes: Proof.Nodes {
        let names = site.cluster.hosts.map(\.name)
        guard let limit = site.hosts else { return .named(names, besides: []) }
        return .named(names.filter(limit.contains), besides: names.filter { !limit.contains($0) })
    }

    /// Ends a change of the cluster's nodes: when all of it was done, all nodes that the cluster has now are proven.
    ///
    /// - Parameters:
    ///   - report: what came of the change.
    ///   - format: how the result is written.
    ///   - plan: whether nothing was to change, so that there is nothing to prove.
    ///   - applications: those that are proven too.
    ///   - more: further parts of the result, for scripts and for a person.
    /// - Returns: how the process ends.
    func finishProven(
        _ report: RunReport, _ format: OutputFormat, unless plan: PlanOptions,
        of applications: [Application] = [],
        more: (json: [(String, Node)], text: String) = ([], "")
    ) async -> ExitStatus {
        let parts = report.departureParts + more.json
        guard report.isDone, !plan.isOn else {
            return finish(report, isPlan: plan.isOn, format, more: (parts, ""))
        }
        do {
            let proof = try await prove(applications, .known)
            let status = finish(
                report, isPlan: false, format,
                more: (parts + [("proof", proof.json)], more.text + proof.text))
            return proof.isProven ? status : .failed
        } catch {
            // What was done to the hosts is a result all the same.
            let failure = Failure(error)
            failure.say(on: console)
            _ = finish(
                report, isPlan: false, format,
                more: (
                    parts + [("proof", .null), ("failure", .string(failure.text))],
                    more.text + "not proven: it did not come to the end of the proof\n"
                ))
            return failure.status
        }
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
