import Inventory
package import Playbook

/// Runs kubectl on a control plane, over one connection, which is opened anew when it breaks.
package struct Kubectl: Sendable {
    /// What kubectl printed and how it ended.
    package struct Output: Sendable, Hashable {
        /// Standard output.
        package let output: [UInt8]
        /// Standard error.
        package let error: [UInt8]
        /// The exit code.
        package let code: Int32
    }

    let connections: Connections
    let host: Host
    let privilege: Privilege
    let onLost: @Sendable (String) -> Void
    let token: @Sendable () -> String

    /// Makes one for a control plane.
    ///
    /// - Parameters:
    ///   - host: the control plane.
    ///   - connections: the ways to it.
    ///   - privilege: how its login user becomes root.
    ///   - onLost: gets the reason when a connection broke and is opened anew.
    ///   - token: gives a word that no output contains by chance.
    init(
        on host: Host, over connections: Connections, _ privilege: Privilege,
        onLost: @escaping @Sendable (String) -> Void = { _ in },
        token: @escaping @Sendable () -> String = Runner.randomToken
    ) {
        self.connections = connections
        self.host = host
        self.privilege = privilege
        self.onLost = onLost
        self.token = token
    }

    /// Runs kubectl with the administrator's kubeconfig.
    ///
    /// Arguments are quoted for the shell, and they and the input travel on standard input, so that neither stands
    /// in a process list of the login shell.
    ///
    /// When the connection breaks, the same is asked again over the next one, maybe while the first kubectl still
    /// works. What must not be done twice goes by ``stream(_:input:onOutput:)``.
    ///
    /// - Throws: ``KubectlLost`` when no answer came, or what the connection throws when there is none any more.
    package func run(_ arguments: [String], input: [UInt8] = []) async throws -> Output {
        var (transport, number) = try await connections.numbered(host)
        while true {
            do {
                return try await run(arguments, input: input, on: transport)
            } catch let error where !(error is KubectlLost) {
                try Task.checkCancellation()
                (transport, number) = try await connections.replace(
                    number, after: error, to: host, onLost: onLost)
            }
        }
    }

    private func run(
        _ arguments: [String], input: [UInt8], on transport: any Transport
    ) async throws -> Output {
        let word = token()
        let command = RemoteCommand(
            privilege.commandLine, title: Self.title(arguments),
            input: privilege.inputPrefix + Self.program(arguments, input: input, token: word),
            closesInput: true)
        let gathered = Gathered()
        let end = try await transport.run(command) { gathered.add($0) }
        guard let output = Self.output(gathered.output, token: word) else {
            throw KubectlLost(end: end, output: String(decoding: gathered.error.suffix(2000), as: UTF8.self))
        }
        return output
    }

    /// The shell program: the input stands in it as a here-document, the outputs come back between marks.
    static func program(_ arguments: [String], input: [UInt8], token: String) -> [UInt8] {
        let head = """
            {
            export LC_ALL=C KUBECONFIG=/etc/kubernetes/admin.conf
            errors=$(mktemp)
            trap 'rm -f "$errors"' EXIT
            printf '\\n%s\\n' \(token)
            code=0
            kubectl \(quoted(arguments)) 2>"$errors" <<'\(token)' || code=$?

            """
        let tail = """

            \(token)
            printf '\\n%s %s\\n' \(token) "$code"
            cat "$errors"
            exit 0
            }

            """
        return Array(head.utf8) + input + Array(tail.utf8)
    }

    /// Arguments as a shell takes each for one word.
    static func quoted(_ arguments: [String]) -> String {
        arguments.map(ShellQuoting.quoted).joined(separator: " ")
    }

    /// The command as a person would type it.
    static func title(_ arguments: [String]) -> String {
        (["kubectl"] + arguments.map(ShellQuoting.word)).joined(separator: " ")
    }

    /// Reads what the program printed; nil when it did not come to its end.
    static func output(_ bytes: [UInt8], token: String) -> Output? {
        let mark = Array("\n\(token)".utf8)
        func isMark(_ index: Int) -> Bool { bytes[index...].starts(with: mark) }
        guard let first = bytes.indices.first(where: isMark), let last = bytes.indices.last(where: isMark),
            first < last
        else { return nil }
        let body = bytes[(first + mark.count + 1)..<last]
        let rest = bytes[(last + mark.count + 1)...]
        let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
        guard let code = Int32(String(decoding: rest[..<end], as: UTF8.self)) else { return nil }
        return Output(output: Array(body), error: Array(rest[end...].dropFirst()), code: code)
    }
}

/// kubectl gave no answer: it did not start, or the connection broke.
package struct KubectlLost: Error, Sendable, Hashable {
    /// How the command ended.
    package let end: CommandEnd
    /// What it said.
    package let output: String
}
