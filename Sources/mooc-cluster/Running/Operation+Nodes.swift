import Console
import Inventory
import Playbook
import Provisioning
import YAML

extension Operation {
    /// Drains, cordons or uncordons nodes: what the three commands share.
    ///
    /// - Returns: how the process ends.
    /// - Throws: `UnknownHost` before anything is reached, ``Complaint`` when the answer is no, and what asking throws.
    static func changeNodes(
        _ deed: NodeDrain.Deed, _ names: [String], _ command: String, _ plan: PlanOptions,
        _ lock: LockOptions, _ hosts: RunOptions, _ common: CommonOptions, _ context: Context
    ) async throws -> ExitStatus {
        let site = try common.site(context)
        _ = try site.only(names)
        let planes = site.cluster.hosts(of: .controlPlane).map(\.name)
        let operation = Operation(command, try site.only(planes), hosts, context, streams: true)
        return try await operation.alone(lock, unless: plan) {
            let cluster = site.cluster.led(by: try await operation.controlPlane().name)
            let report = try await operation.watched { onEvent in
                try await NodeDrain(
                    deed, names, of: cluster, operation.surroundings, mode: plan.mode, onEvent: onEvent
                )
                .perform { departures, isRefused in
                    context.console.list(departures.flatMap(\.lines), .note)
                    guard case .drain = deed, !isRefused, !plan.isOn else { return }
                    try await common.confirm("Drain \(names.joined(separator: ", "))?", context)
                }
            }
            let words = report.isDone && !plan.isOn ? names.map { "\($0) \(deed.ending)\n" }.joined() : ""
            return operation.finish(
                report, isPlan: plan.isOn, common.output, more: (report.departureParts, words))
        }
    }

    /// Removes the workers that the inventory does not name, each once it is agreed to, or says what that would change.
    ///
    /// - Throws: ``Complaint`` when the answer is no, and what asking the cluster throws.
    func prune(_ mode: RunMode, _ common: CommonOptions) async throws -> RunReport {
        try await watched { onEvent in
            try await NodePrune(site.cluster, surroundings, mode: mode, onEvent: onEvent).perform {
                departure, isRefused in
                console.list(departure.lines, .note)
                guard !isRefused, mode == .apply else { return }
                try await common.confirm(
                    "Remove the node \(departure.node), which the inventory does not name?", context)
            }
        }
    }
}

extension NodeDrain.Deed {
    /// How a node stands when it is done.
    fileprivate var ending: String {
        switch self {
        case .cordon: "takes no new pods"
        case .uncordon: "takes pods"
        case .drain: "is drained, and takes no new pods"
        }
    }
}

extension RunReport {
    /// What it means that nodes go, as parts of a result for scripts; none where none was to.
    var departureParts: [(String, Node)] {
        departures.isEmpty ? [] : [("departures", .sequence(departures.map(\.json)))]
    }
}
