import Cryptography
import Manifests
package import Playbook
import Synchronization

extension Kubectl {
    /// Runs kubectl and tells what it writes while it runs: the log of a pod, a program in one.
    ///
    /// Where sudo needs a password, standard error comes at the end. Cancelling the task ends kubectl.
    ///
    /// - Parameters:
    ///   - arguments: kubectl's arguments.
    ///   - input: its whole standard input, any bytes; nil means that it has none.
    ///   - onOutput: called in order for each piece of output.
    /// - Returns: the exit code.
    /// - Throws: ``KubectlLost`` when it did not come to its end, `CancellationError`, or what the transport throws.
    package func stream(
        _ arguments: [String], input: [UInt8]? = nil, onOutput: @escaping @Sendable (OutputPiece) -> Void
    ) async throws -> Int32 {
        let word = token()
        let program = Self.streaming(
            arguments, input: input, token: word, mergesStreams: privilege.mergesStreams)
        let command = RemoteCommand(
            privilege.commandLine, title: Self.title(arguments),
            input: privilege.inputPrefix + Array(program.utf8), closesInput: false,
            onCancel: [UInt8(ascii: "\n")])
        let reader = Mutex(StreamReader(token: word))
        let end = try await connections.transport(to: host).run(command) { piece in
            for piece in reader.withLock({ $0.take(piece) }) { onOutput(piece) }
        }
        try Task.checkCancellation()
        let (code, said) = reader.withLock { ($0.code, $0.unread) }
        guard let code else {
            throw KubectlLost(end: end, output: String(decoding: said.suffix(2000), as: UTF8.self))
        }
        return code
    }

    /// The shell program, which is told to stop by a line on standard input, or by its end.
    ///
    /// The input is carried in Base64, since a shell's text holds no NUL.
    static func streaming(
        _ arguments: [String], input: [UInt8]?, token: String, mergesStreams: Bool
    ) -> String {
        let kubectl = "kubectl \(quoted(arguments))\(mergesStreams ? " 2>\"$errors\"" : "") 3<&-"
        let start =
            input.map { "base64 -d <<'\(token)' | \(kubectl) &\n\(Base64.encode($0))\n\(token)" }
            ?? "\(kubectl) </dev/null &"
        return """
            {
            export LC_ALL=C KUBECONFIG=/etc/kubernetes/admin.conf
            errors=$(mktemp)
            trap 'rm -f "$errors"' EXIT
            exec 3<&0
            printf '\\n%s\\n' \(token)
            code=0
            \(start)
            child=$!
            { read -r _ <&3; kill "$child"; } >/dev/null 2>&1 &
            watcher=$!
            wait "$child" 2>/dev/null || code=$?
            kill "$watcher" 2>/dev/null
            printf '%s %s\\n' \(token) "$code"
            cat "$errors"
            exit 0
            }

            """
    }
}
