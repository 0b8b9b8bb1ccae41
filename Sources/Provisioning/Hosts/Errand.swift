package import Inventory
package import Playbook
import Synchronization

/// One command, run on several hosts at once.
package struct Errand: Sendable {
    /// What is run.
    package enum Work: Sendable {
        /// A line for sh.
        case line(String)
        /// A program and its arguments, which reach it as they are.
        case words([String])
        /// A script, run by the interpreter that its first line names, else by sh, with arguments.
        case script([UInt8], arguments: [String])

        /// What it does, as a person would type it.
        var title: String {
            switch self {
            case .line(let line): line
            case .words(let words): words.map(ShellQuoting.word).joined(separator: " ")
            case .script(let bytes, let arguments):
                (["a script of \(bytes.count) bytes"] + arguments.map(ShellQuoting.word))
                    .joined(separator: " ")
            }
        }
    }

    /// How it ended on a host, and what it said.
    package struct Ending: Sendable {
        /// The exit code; 128 and the number of the signal that killed it.
        package let code: Int32
        /// What came, in order of arrival.
        package let pieces: [OutputPiece]
    }

    /// What is run.
    package let work: Work
    /// Its standard input.
    package let input: [UInt8]
    /// Whether root runs it.
    package let asRoot: Bool

    /// Makes an errand.
    package init(_ work: Work, input: [UInt8] = [], asRoot: Bool = false) {
        self.work = work
        self.input = input
        self.asRoot = asRoot
    }

    /// Runs it.
    ///
    /// Cancelling the task, and the end of this process, end it on the hosts too: by SIGTERM to all that it started,
    /// and SIGKILL ten seconds later.
    ///
    /// - Parameters:
    ///   - hosts: where.
    ///   - parallel: on how many at once.
    ///   - surroundings: ways to hosts.
    ///   - onOutput: called for each piece of output, in order for each host.
    ///   - onEnd: called for each host when it has ended there.
    /// - Returns: what came of it on each host, in the same order.
    package func run(
        on hosts: [Host], parallel: Int, _ surroundings: Surroundings,
        onOutput: @escaping @Sendable (Host, OutputPiece) -> Void = { _, _ in },
        onEnd: @escaping @Sendable (Host, Result<Ending, any Error>) -> Void = { _, _ in }
    ) async -> [Result<Ending, any Error>] {
        await eachHost(
            of: hosts, parallel: parallel,
            { host in try await run(on: host, surroundings) { onOutput(host, $0) } }, onEnd: onEnd)
    }

    private func run(
        on host: Host, _ surroundings: Surroundings, onOutput: @escaping @Sendable (OutputPiece) -> Void
    ) async throws -> Ending {
        let privilege = asRoot ? try await surroundings.privilege(host) : .none
        return try await run(over: try await surroundings.connect(host), privilege, onOutput: onOutput)
    }

    /// Runs it on one host that was reached; the ending has what it said only where that is gathered.
    func run(
        over transport: any Transport, _ privilege: Privilege, gathers: Bool = true,
        onOutput: @escaping @Sendable (OutputPiece) -> Void = { _ in }
    ) async throws -> Ending {
        let program = ErrandProgram(self, token: Runner.randomToken())
        let command = RemoteCommand(
            privilege.commandLine, title: work.title, input: privilege.inputPrefix + program.text,
            closesInput: false,
            onCancel: ErrandProgram.stop)
        let output = Mutex(ErrandOutput(token: program.token, gathers: gathers))
        let end = try await transport.run(command) { piece in
            if let piece = output.withLock({ $0.take(piece) }) { onOutput(piece) }
        }
        let heard = output.withLock { $0 }
        guard heard.hasStarted else {
            let lines = heard.preamble
            throw asRoot
                ? PlaybookError.refusal(bySudo: lines, end) : PlaybookError.notStarted(end, output: lines)
        }
        guard case .code(let code) = end else { throw PlaybookError.cutShort(end, step: nil) }
        return Ending(code: code, pieces: heard.pieces)
    }
}

/// What comes of an errand: before its token whatever a login says, after it the command's own.
private struct ErrandOutput {
    private let mark: [UInt8]
    private let gathers: Bool
    private var before: [UInt8] = []
    private var errors: [UInt8] = []
    /// Whether the program has begun.
    private(set) var hasStarted = false
    /// What the command said.
    private(set) var pieces: [OutputPiece] = []

    init(token: String, gathers: Bool) {
        mark = Array("\(token)\n".utf8)
        self.gathers = gathers
    }

    /// The lines that came before the program began.
    var preamble: [String] {
        String(decoding: errors + before, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    }

    /// Takes a piece, and gives what of it is the command's.
    mutating func take(_ piece: OutputPiece) -> OutputPiece? {
        if hasStarted { return command(piece) }
        guard piece.stream == .output else {
            errors += piece.bytes
            return nil
        }
        before += piece.bytes
        guard let end = before.firstRange(of: mark)?.upperBound else { return nil }
        hasStarted = true
        let rest = Array(before[end...])
        guard !rest.isEmpty else { return nil }
        return command(OutputPiece(.output, rest))
    }

    private mutating func command(_ piece: OutputPiece) -> OutputPiece {
        if gathers { pieces.append(piece) }
        return piece
    }
}
