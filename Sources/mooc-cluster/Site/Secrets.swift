import Console
import Inventory
import Playbook
import Synchronization

/// Reads secrets from where the inventory says, each source once, however many hosts ask for it.
actor SecretReader {
    private let context: Context
    private var known: [SecretSource: Task<Secret, any Error>] = [:]

    /// Makes a reader that knows nothing yet.
    init(_ context: Context) { self.context = context }

    /// The secret of a source.
    ///
    /// - Parameters:
    ///   - source: where it comes from.
    ///   - what: what it is, for the question and for errors: `the sudo password of ubuntu`.
    /// - Returns: the secret.
    /// - Throws: ``Complaint``, what asking throws, or what the local command throws.
    func secret(_ source: SecretSource, what: String) async throws -> Secret {
        let task =
            known[source]
            ?? Task { [context] in
                let secret = try await Self.read(source, what, context)
                context.redaction.add(secret)
                if !secret.canBeHidden {
                    let words = "has fewer than four characters: too short to be hidden where it is printed"
                    context.console.say("\(what) \(words)", .warning)
                }
                return secret
            }
        known[source] = task
        // The task belongs to no host alone, so cancelling does not reach it by itself; a question would go on.
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private static func read(_ source: SecretSource, _ what: String, _ context: Context) async throws
        -> Secret
    {
        switch source {
        case .literal(let text): return Secret(text)
        case .prompt: return Secret(try await context.console.secret(what))
        case .file(let path):
            return try firstLine(of: try Files.read(context.path(path)), what, from: path)
        case .environment(let name):
            guard let value = context.environment[name], !value.isEmpty else {
                throw Complaint(.usage, "\(what): the environment variable \(name) is not set")
            }
            return Secret(value)
        case .command(let command):
            let result = try await LocalCommand.run(command, context)
            guard result.end == .code(0) else {
                throw Complaint(.failed, "\(what): the command failed: \(command)")
            }
            return try firstLine(of: result.output, what, from: command)
        }
    }

    private static func firstLine(of bytes: [UInt8], _ what: String, from place: String) throws -> Secret {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard !line.isEmpty else { throw Complaint(.failed, "\(what): nothing came from \(place)") }
        return Secret(String(decoding: line, as: UTF8.self))
    }
}

/// A command on this machine whose output is wanted.
enum LocalCommand {
    /// Runs a command line by `sh -c` with the person's environment.
    static func run(_ line: String, _ context: Context) async throws -> (end: CommandEnd, output: [UInt8]) {
        let output = Mutex<[UInt8]>([])
        let end = try await LocalTransport(environment: context.variables).run(RemoteCommand(line)) { piece in
            if piece.stream == .output { output.withLock { $0 += piece.bytes } }
        }
        return (end, output.withLock { $0 })
    }
}
