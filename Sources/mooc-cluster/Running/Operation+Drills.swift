import Console
import Inventory
import Provisioning
import YAML

extension Operation {
    /// The namespaces of the inventory's applications.
    var namespaces: Set<String> { Set(site.cluster.applications.map(\.namespace)) }

    /// The way to the cluster for a drill; what happens is said while it happens.
    ///
    /// - Throws: as ``controlPlane()``, and what connecting throws.
    func drill() async throws -> Drill {
        let cluster = site.cluster.led(by: try await controlPlane().name)
        return try await Drill(cluster, surroundings, sleep: context.time.sleep) { [console] text in
            console.say(text)
        }
    }

    /// Does a drill, and tells in the command's own words why one does not begin or cannot be seen.
    ///
    /// - Throws: ``Complaint``, and what the work throws else.
    func drilling(_ work: () async throws -> DrillReport?) async throws -> DrillReport? {
        do {
            return try await work()
        } catch let error as DrillRefused {
            throw Complaint(.failed, "\(error.reason); \(error.cure)")
        } catch let error as ClusterSilent {
            throw Complaint(.failed, "the cluster does not say what is in it: \(error.said)")
        } catch let error as DrillBroken {
            throw Complaint(
                .failed, "nothing can be seen from the control plane: \(error.words.joined(separator: "; "))")
        }
    }

    /// Cuts a node off, or parts it from others, for so many seconds at most.
    ///
    /// - Returns: how the process ends.
    /// - Throws: ``Complaint`` when it is refused, and what connecting throws.
    func loseNode(
        _ name: String?, from peers: [String], seconds: Int, _ plan: PlanOptions, _ lock: LockOptions,
        _ common: CommonOptions
    ) async throws -> ExitStatus {
        try await alone(lock, unless: plan) {
            let drill = try await drill()
            let report = try await drilling {
                let loss = NodeLoss(name, from: peers, in: namespaces, seconds: seconds, drill) { event in
                    context.record.take(event)
                }
                return try await loss.perform { try await agree(to: $0, plan, common) }
            }
            return answer(report, common.output)
        }
    }

    /// Asks whether a drill is done; with `--plan`, what it would do is the result, and it is not.
    ///
    /// - Throws: what asking throws, where the answer is no.
    func agree(
        to intent: some DrillIntent, _ plan: PlanOptions, _ common: CommonOptions
    ) async throws -> Bool {
        guard !plan.isOn else {
            answer(intent.json, text: intent.lines.map { $0 + "\n" }.joined(), common.output)
            return false
        }
        console.list(intent.lines, .note)
        try await common.confirm(intent.question, context)
        return true
    }

    /// Gives what came of a drill, and tells how the process ends; nil came of a plan.
    func answer(_ report: DrillReport?, _ format: OutputFormat) -> ExitStatus {
        guard let report else { return .pending }
        answer(report.json, text: report.text(console.paint), format)
        return report.isRestored ? .done : .failed
    }
}
