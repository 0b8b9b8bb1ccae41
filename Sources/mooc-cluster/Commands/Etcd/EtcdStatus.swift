import ArgumentParser
import Console
import Provisioning
import YAML

/// The command `etcd status`.
struct EtcdStatus: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show etcd's members: health, leader, size of the database, alarms.",
        discussion: """
            The control planes are asked in turn until one answers. The exit code is 1 when a member does not answer \
            or raises an alarm.

            Examples:
              mooc-cluster etcd status
              mooc-cluster etcd status --output json
            """)

    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func run(in context: Context) async throws -> ExitStatus {
        let operation = Operation("etcd-status", try common.site(context), hosts, context)
        let (report, state) = try await operation.watched { onEvent in
            try await EtcdCrew(operation.site.cluster, operation.surroundings, onEvent: onEvent).look()
        }
        operation.sayTrouble(report)
        guard let state else {
            if report.isDone { throw Complaint(.failed, "etcd gave no list of its members") }
            return report.status
        }
        operation.answer(state.json, text: state.text(context.console.paint), common.output)
        return state.isWell ? .done : .failed
    }
}

extension EtcdState {
    /// For scripts.
    fileprivate var json: Node {
        [
            "well": .bool(isWell), "quorum": .bool(quorum.isThere), "mayFail": .int(max(quorum.spare, 0)),
            "members": .sequence(
                members.map { member in
                    [
                        "name": .string(member.name), "id": .string(member.id), "peer": .string(member.peer),
                        "healthy": .bool(member.isHealthy), "leader": .bool(member.isLeader),
                        "learner": .bool(member.isLearner),
                        "version": member.version.map { .string($0) } ?? .null,
                        "databaseBytes": member.databaseSize.map { .int($0) } ?? .null,
                        "alarms": .sequence(member.alarms.map { .string($0) }),
                    ]
                }),
        ]
    }

    /// For a person.
    fileprivate func text(_ paint: Paint) -> String {
        var table = Table(["MEMBER", "STATE", "PART", "VERSION", "DATABASE", "ALARMS"])
        for member in members {
            let part = member.isLearner ? "learner" : member.isLeader ? "leader" : "follower"
            table.add([
                Table.Cell(member.name.isEmpty ? member.peer : member.name),
                Table.Cell(
                    member.isHealthy ? "healthy" : "does not answer", member.isHealthy ? .green : .red),
                Table.Cell(member.isHealthy ? part : ""), Table.Cell(member.version ?? ""),
                Table.Cell(member.databaseSize.map(Bytes.megabytes) ?? ""),
                Table.Cell(member.alarms.joined(separator: ", "), .red),
            ])
        }
        let spare = max(quorum.spare, 0)
        let future =
            quorum.isThere
            ? "\(spare == 0 ? "none" : "\(spare)") may fail before the cluster takes no more changes"
            : "the cluster takes no changes until enough are back"
        return table.text(paint) + "\(quorum.words); \(future)\n"
    }
}
