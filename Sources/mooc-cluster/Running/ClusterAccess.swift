import Console
import Manifests
import Playbook
import Provisioning

/// kubectl on a control plane; what it is asked is kept in the record.
struct ClusterAccess: Sendable {
    /// How it is run.
    let kubectl: Provisioning.Kubectl
    /// The control plane's name.
    let host: String
    /// What is outside of the process.
    let context: Context

    /// Asks and waits for the whole answer.
    ///
    /// What it says of an error, and the logs of pods, come without secrets.
    var ask: Manifests.Kubectl {
        { arguments, input in
            let began = context.time.seconds()
            var answer = try await kubectl.ask(arguments, input)
            answer.error = context.redaction.clean(answer.error)
            if answer.code != 0 || arguments.first == "logs" {
                answer.output = context.redaction.clean(answer.output)
            }
            context.record.take(
                answer, to: arguments, seconds: context.time.seconds() - began, on: host)
            return answer
        }
    }

    /// Passes on what a program in a pod writes, byte for byte, while it runs.
    ///
    /// - Parameters:
    ///   - arguments: kubectl's arguments.
    ///   - input: the program's standard input; nil means that it has none.
    /// - Returns: the program's exit code.
    /// - Throws: `KubectlLost`, `CancellationError`, and what the connection throws.
    func pass(_ arguments: [String], input: [UInt8]?) async throws -> Int32 {
        try await recorded(arguments) {
            try await kubectl.stream(arguments, input: input) { [console = context.console] piece in
                console.pass(piece.bytes, asError: piece.stream == .error)
            }
        }
    }

    /// Writes a log as a result while it comes, line by line, with dots for secrets.
    ///
    /// - Returns: kubectl's exit code.
    /// - Throws: as ``pass(_:input:)``.
    func log(_ arguments: [String]) async throws -> Int32 {
        let lines = LineKeeper()
        defer { say(lines.rest) }
        return try await recorded(arguments) {
            try await kubectl.stream(arguments) { piece in
                switch piece.stream {
                case .output: say(lines.whole(adding: piece.bytes))
                case .error:
                    context.console.pass(context.redaction.clean(piece.bytes), asError: true)
                }
            }
        }
    }

    /// Says line by line what a program in a pod writes, with dots for secrets, while it runs.
    ///
    /// - Returns: the program's exit code.
    /// - Throws: as ``pass(_:input:)``.
    func say(_ arguments: [String], input: [UInt8]) async throws -> Int32 {
        let lines = LineKeeper()
        @Sendable func say(_ bytes: [UInt8]) {
            for line in context.redaction.clean(String(decoding: bytes, as: UTF8.self)).split(separator: "\n")
            {
                context.console.say(String(line))
            }
        }
        defer { say(lines.rest) }
        return try await recorded(arguments) {
            try await kubectl.stream(arguments, input: input) { say(lines.whole(adding: $0.bytes)) }
        }
    }

    private func say(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        context.console.result(context.redaction.clean(String(decoding: bytes, as: UTF8.self)))
    }

    private func recorded(_ arguments: [String], _ run: () async throws -> Int32) async throws -> Int32 {
        let began = context.time.seconds()
        let code = try await run()
        context.record.take(
            KubectlOutput(output: [], code: code), to: arguments, seconds: context.time.seconds() - began,
            on: host)
        return code
    }
}
