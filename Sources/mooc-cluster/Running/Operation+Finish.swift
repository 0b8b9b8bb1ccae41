import Console
import Inventory
import Playbook
import Provisioning
import YAML

extension Operation {
    /// Writes what came of a run as a result, says what went wrong, and tells how the process ends.
    ///
    /// - Parameters:
    ///   - report: what came of the run.
    ///   - isPlan: whether nothing was to change.
    ///   - estimated: what a plan comes to, where that is known already.
    ///   - format: how the result is written.
    ///   - more: further parts of the result, for scripts and for a person.
    /// - Returns: how the process ends.
    func finish(
        _ report: RunReport, isPlan: Bool, estimated: PlanEstimate? = nil, _ format: OutputFormat,
        more: (json: [(String, Node)], text: String) = ([], "")
    ) -> ExitStatus {
        sayTrouble(report)
        var result = report.json(site.cluster)
        let estimate = isPlan ? estimated ?? estimate(of: report) : nil
        if let estimate {
            result["plan"] = planJSON
            result["handlers"] = handlersJSON
            result["estimate"] = estimate.json
        }
        for (key, value) in more.json { result[key] = value }
        conclude(result, text: (estimate.map { planText(report, $0) } ?? text(report)) + more.text, format)
        let status = report.status
        return status == .done && isPlan && report.changes > 0 ? .pending : status
    }

    /// The hosts that take part.
    var hosts: [Host] { site.cluster.hosts.filter { site.hosts?.contains($0.name) ?? true } }

    private func text(_ report: RunReport) -> String {
        let rows = hosts.map { ($0.name, $0.role.rawValue) }
        let sum = report.changes == 0 ? "nothing was changed" : "changed \(Self.steps(report.changes))"
        return report.table(rows, console.paint, changed: "CHANGED") + "\(site.cluster.name): \(sum)\n"
    }

    /// Roughly how long a plan takes and how much it fetches, by what earlier runs took.
    ///
    /// - Parameters:
    ///   - report: what came of the plan.
    ///   - more: what comes from outside besides what its steps bring.
    /// - Returns: the estimate.
    func estimate(of report: RunReport, more: [Forecast.Coming] = []) -> PlanEstimate {
        let entries = planned.flatMap { plan.of($0) }
        // The archive is some megabytes to read.
        let times =
            entries.isEmpty ? KnownTimes() : KnownTimes(of: site.cluster.name, in: RunArchive(context))
        return PlanEstimate(entries, turns: report.turns, times, more: more)
    }

    /// The names of the hosts that a plan can be about: those that take part, then nodes that the inventory does not name.
    private var planned: [String] {
        let names = hosts.map(\.name)
        return names + plan.hosts.filter { !names.contains($0) }
    }

    private func planText(_ report: RunReport, _ estimate: PlanEstimate) -> String {
        let paint = console.paint
        let blocks = planned.compactMap { host -> String? in
            let entries = plan.of(host)
            guard !entries.isEmpty else { return nil }
            var phase = ""
            let lines =
                entries.map { entry -> String in
                    let head = entry.phase == phase ? "" : "  \(entry.phase)\n"
                    phase = entry.phase
                    let diff = (entry.diff ?? "").split(separator: "\n").map { line -> String in
                        let color: Paint.Color? =
                            line.hasPrefix("+") ? .green : line.hasPrefix("-") ? .red : .dim
                        return "        " + paint(String(line).printable, color) + "\n"
                    }
                    let remarks = entry.remarks.map { "        " + $0.printable + "\n" }
                    return head + "    would change: \(entry.step)\n" + diff.joined() + remarks.joined()
                } + plan.handlers(of: host).map { "  \($0.phase)\n    would run then: \($0.name)\n" }
            return paint(host, .bold) + "\n" + lines.joined()
        }
        let sum =
            report.changes == 0
            ? "nothing to change" : "\(Self.steps(report.changes)) to change\(estimate.words)"
        return blocks.joined() + "\(site.cluster.name): \(report.isDone ? sum : "the plan is not whole")\n"
    }

    private var planJSON: Node {
        .sequence(
            planned.flatMap { plan.of($0) }.map { entry in
                var node: Node = [
                    "host": .string(entry.host), "phase": .string(entry.phase), "step": .string(entry.step),
                    "diff": entry.diff.map { .string($0) } ?? .null,
                ]
                for part in entry.forecast.json.entries ?? [] { node[part.key] = part.value }
                return node
            })
    }

    private var handlersJSON: Node {
        .sequence(
            planned.flatMap { plan.handlers(of: $0) }.map { handler in
                [
                    "host": .string(handler.host), "phase": .string(handler.phase),
                    "handler": .string(handler.name),
                ]
            })
    }

    private static func steps(_ count: Int) -> String { count == 1 ? "1 step" : "\(count) steps" }
}
