import YAML

/// What etcd says of its members.
package struct EtcdState: Sendable, Hashable {
    /// One member and how it is.
    package struct Member: Sendable, Hashable {
        /// Its name; empty before it has started for the first time.
        package var name: String
        /// Its number in sixteen hexadecimal digits, as `etcdctl member remove` takes it.
        package var id: String
        /// Where the other members reach it.
        package var peer: String
        /// Whether it only follows, without a vote.
        package var isLearner: Bool
        /// Whether it answers.
        package var isHealthy = false
        /// Whether it leads.
        package var isLeader = false
        /// The version of etcd; nil when it does not answer.
        package var version: String?
        /// Bytes of its database file; nil when it does not answer.
        package var databaseSize: Int?
        /// What it warns of: `NOSPACE`, `CORRUPT`.
        package var alarms: [String] = []
    }

    /// The members, by name.
    package let members: [Member]

    /// Takes members as they are.
    init(members: [Member]) { self.members = members }

    /// Whether they can decide.
    package var quorum: Quorum {
        Quorum(members.map { EtcdMember($0.name, isVoting: !$0.isLearner, isHealthy: $0.isHealthy) })
    }

    /// Whether all members answer, one leads, and none warns of anything.
    package var isWell: Bool {
        members.allSatisfy { $0.isHealthy && $0.alarms.isEmpty } && members.contains(where: \.isLeader)
    }

    /// Reads what etcdctl wrote as JSON, in versions from 3.4 on; nil when that is no list of members.
    ///
    /// - Parameters:
    ///   - members: of `member list`.
    ///   - health: of `endpoint health`; empty when nobody answered.
    ///   - status: of `endpoint status`; empty when nobody answered.
    ///   - alarms: of `alarm list`; empty when nobody answered.
    package init?(members: String, health: String, status: String, alarms: String) {
        guard let list = Self.document(members)?["members"]?.items else { return nil }
        let answers = Self.document(health)?.items ?? []
        let states = Self.document(status)?.items ?? []
        let warnings = Self.document(alarms)?["alarms"]?.items ?? []
        self.members = list.map { entry in
            let number = entry["ID"]?.text ?? ""
            let endpoints = (entry["clientURLs"]?.items ?? []).compactMap(\.text)
            var member = Member(
                name: entry["name"]?.text ?? "", id: UInt64(number).map { String($0, radix: 16) } ?? number,
                peer: entry["peerURLs"]?.items?.first?.text ?? "",
                isLearner: entry["isLearner"]?.text == "true")
            member.isHealthy = answers.contains { answer in
                endpoints.contains(answer["endpoint"]?.text ?? "") && answer["health"]?.text == "true"
            }
            let state = states.first { endpoints.contains($0["Endpoint"]?.text ?? "") }?["Status"]
            member.version = state?["version"]?.text
            member.databaseSize = state?["dbSize"]?.text.flatMap { Int($0) }
            member.isLeader = state?["leader"]?.text == number
            member.alarms = warnings.filter { $0["memberID"]?.text == number }
                .compactMap { Self.alarms[$0["alarm"]?.text ?? ""] }
            return member
        }.sorted { $0.name < $1.name }
    }

    /// The names of alarms by their numbers (AlarmType in etcd's rpc.proto).
    private static let alarms = ["1": "NOSPACE", "2": "CORRUPT"]

    private static func document(_ text: String) -> Node? {
        YAMLParser.document(text, file: "etcdctl", diagnostics: Diagnostics())
    }
}
