import Console
import Inventory
import Provisioning
import YAML

extension Operation {
    /// The namespaces of the inventory's applications.
    var namespaces: Set<String> { Set(site.cluster.applications.map(\.namespace)) }

    /// The way to the cluster for a drill; what happens is said while it happens.
    ///
    /// - Throws: ``Complaint`` when there is no control plane, and what connecting throws.
    func drill() async throws -> Drill {
        let cluster = site.cluster.led(by: try await controlPlane().name)
        return try await Drill(cluster, surroundings, sleep: context.time.sleep) { [console] text in
            console.say(text)
        }
    }

    /// Does a drill, and tells in the command's own words why one does not begin or cannot be seen.
    ///
    /// - Throws: ``Complaint``, and what the work throws else.
    func drilling(_ work: () async throws -> DrillReport) async throws -> DrillReport {
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
        _ name: String?, from peers: [String], seconds: Int, _ lock: LockOptions, _ common: CommonOptions
    ) async throws -> ExitStatus {
        try await alone(lock) {
            let drill = try await drill()
            let report = try await drilling {
                let loss = NodeLoss(name, from: peers, in: namespaces, seconds: seconds, drill) { event in
                    context.record.take(event)
                }
                return try await loss.perform { intent in
                    console.list(intent.lines, .note)
                    let what =
                        intent.peers.isEmpty
                        ? "Cut \(intent.node) off"
                        : "Part \(intent.node) from \(intent.peers.joined(separator: ", "))"
                    try await common.confirm("\(what) for \(seconds) s at most?", context)
                }
            }
            return answer(report, common.output)
        }
    }

    /// Gives what came of a drill, and tells how the process ends.
    func answer(_ report: DrillReport, _ format: OutputFormat) -> ExitStatus {
        answer(report.json, text: report.text(console.paint), format)
        return report.isRestored ? .done : .failed
    }
}
