package import Inventory
package import Playbook

/// Looks at what hosts are before there is an inventory of them: as the login user, over one connection each.
package struct HostLook: Sendable {
    /// What a host is.
    package struct Answer: Sendable {
        /// What was read of it.
        package let facts: HostFacts
        /// Whether its login user needs a password to become root.
        package let wantsSudoPassword: Bool
    }

    /// A host whose facts cannot be read.
    package struct Unreadable: Error, CustomStringConvertible {
        /// Which of them, and what was said.
        package let description: String
    }

    private static let path = "playbooks/facts.yml"

    private let surroundings: Surroundings
    private let playbook: Playbook
    private let parallel: Int

    /// Makes one that looks at so many hosts at once.
    ///
    /// - Throws: what reading the playbook of facts throws.
    package init(_ surroundings: Surroundings, parallel: Int) throws {
        self.surroundings = surroundings
        self.parallel = parallel
        guard var facts = try PlaybookLibrary([Self.path], surroundings)[Self.path] else {
            throw Unreadable(description: "\(Self.path) was not read")
        }
        let sudo = Registration(
            name: "SUDO", script: #"test "$(id -u)" = 0 || sudo -n true 2>/dev/null || echo password"#)
        facts.steps.append(Step(name: "sudo", work: .query, registration: sudo))
        for index in facts.steps.indices { facts.steps[index].asLoginUser = true }
        playbook = facts
    }

    /// Looks at hosts.
    ///
    /// - Parameters:
    ///   - hosts: the hosts.
    ///   - onEvent: called for what its program does on a host.
    ///   - onEnd: called for each as soon as it has answered, or will not.
    /// - Returns: what came of each, in the same order.
    package func perform(
        _ hosts: [Host], onEvent: @escaping @Sendable (Host, StepEvent) -> Void,
        onEnd: @escaping @Sendable (Host, Result<Answer, any Error>) -> Void
    ) async -> [Result<Answer, any Error>] {
        await eachHost(
            of: hosts, parallel: parallel, { host in try await look(at: host) { onEvent(host, $0) } },
            onEnd: onEnd)
    }

    private func look(
        at host: Host, onEvent: @escaping @Sendable (StepEvent) -> Void
    ) async throws -> Answer {
        let transport = try await surroundings.connect(host)
        let result = try await Runner().run(
            playbook, values: Values(), mode: .plan, privilege: .none, on: transport,
            onEvent: onEvent)
        if let failure = result.failure {
            let said = failure.lastLines.joined(separator: " ")
            throw Unreadable(description: "'\(failure.step)' cannot be read: \(said)")
        }
        return Answer(
            facts: HostFacts(result.registered), wantsSudoPassword: result.registered["SUDO"] == "password")
    }
}
