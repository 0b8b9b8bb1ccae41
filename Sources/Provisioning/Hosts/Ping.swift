package import Inventory
import Playbook
package import SSH

/// Looks at how hosts are reached: over one connection each, and nothing is changed.
package struct Ping: Sendable {
    /// What a host that was reached answered.
    package struct Answer: Sendable {
        /// Nanoseconds from the first packet to the login.
        package let connecting: Int
        /// Nanoseconds from a line that was written to a shell on the host to its answer.
        package let roundTrip: Int?
        /// Nanoseconds by which the host's clock is ahead of this machine's, give or take half of a round trip.
        package let clock: Int?
        /// The user who is logged in.
        package let user: String
        /// The operating system as it calls itself.
        package let system: String
        /// The key that the host showed; nil where there is no SSH.
        package let hostKey: HostKey?
        /// How the user becomes root.
        package let sudo: Sudo
    }

    /// How a login user becomes root.
    package enum Sudo: Sendable {
        /// It is root.
        case isRoot
        /// By sudo, which asks for no password.
        case free
        /// By sudo with the password that the inventory gives.
        case password
        /// Not at all, and why.
        case refused(any Error)
    }

    private let surroundings: Surroundings
    private let parallel: Int

    /// Makes one that looks at so many hosts at once.
    package init(_ surroundings: Surroundings, parallel: Int) {
        self.surroundings = surroundings
        self.parallel = parallel
    }

    /// Looks at hosts.
    ///
    /// - Parameters:
    ///   - hosts: the hosts.
    ///   - onEnd: called for each as soon as it has answered, or will not.
    /// - Returns: what came of each, in the same order.
    package func perform(
        _ hosts: [Host], onEnd: @escaping @Sendable (Host, Result<Answer, any Error>) -> Void
    ) async -> [Result<Answer, any Error>] {
        await eachHost(of: hosts, parallel: parallel, { try await look(at: $0) }, onEnd: onEnd)
    }

    private func look(at host: Host) async throws -> Answer {
        // What a person has to be asked, and what is not set, comes before the host is bothered.
        let privilege = try await surroundings.privilege(host)
        let began = surroundings.now()
        let transport = try await surroundings.connect(host)
        let connecting = surroundings.now() - began
        let talk = PingTalk(token: Runner.randomToken(), now: surroundings.now)
        let command = RemoteCommand(
            Privilege.none.commandLine, title: "date +%s%N; id -un; id -u; . /etc/os-release; sudo -n sh",
            input: talk.program, closesInput: false, reply: { talk.reply() })
        let end = try await transport.run(command) { talk.take($0) }
        let heard = talk.heard
        guard let code = heard.sudoCode else {
            throw PlaybookError.notStarted(end, output: heard.words)
        }
        var sudo = Sudo.free
        if heard.isRoot {
            sudo = .isRoot
        } else if code != 0, case .sudoWithPassword = privilege {
            sudo = try await self.sudo(privilege, on: transport)
        } else if code != 0 {
            sudo = .refused(PlaybookError.refusal(bySudo: heard.words, .code(code)))
        }
        return Answer(
            connecting: connecting, roundTrip: heard.roundTrip, clock: heard.clock, user: heard.user,
            system: heard.system, hostKey: await (transport as? SSHTransport)?.hostKey, sudo: sudo)
    }

    /// Tries the password in the way that every run does.
    private func sudo(_ privilege: Privilege, on transport: any Transport) async throws -> Sudo {
        let token = Runner.randomToken()
        let gathered = Gathered()
        let end = try await transport.run(
            RemoteCommand(
                privilege.commandLine, title: "echo, by sudo with the password",
                input: privilege.inputPrefix + Array("echo \(token)\n".utf8))
        ) { gathered.add($0) }
        let lines = String(decoding: gathered.output + gathered.error, as: UTF8.self)
            .split(whereSeparator: \.isNewline).map(String.init)
        return lines.contains(token) ? .password : .refused(PlaybookError.refusal(bySudo: lines, end))
    }
}
