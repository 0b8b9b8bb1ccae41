import Foundation
import Playbook
import Synchronization
import TestSupport
import Testing

@testable import Provisioning

/// What kubectl writes while it runs, under every shell that may be root's.
struct KubectlStreamTests {
    /// Streams from a kubectl that is a script; gives its code and both outputs.
    private func stream(
        _ script: String, _ arguments: [String] = [], input: [UInt8]? = nil,
        shell: FakeNode.Shell = .dash, onOutput: @escaping @Sendable (OutputPiece) -> Void = { _ in }
    ) async throws -> (code: Int32, output: [UInt8], error: String) {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: shell)
            // Written by another process: a file that is open for writing here cannot be run ("text file busy").
            let write = RemoteCommand(
                "cat >\(folder)/bin/kubectl; chmod 755 \(folder)/bin/kubectl",
                input: Array("#!/bin/sh\n\(script)\n".utf8))
            _ = try await node.run(write) { _ in }
            let gathered = Gathered()
            let code = try await Kubectl(over: node).stream(arguments, input: input) { piece in
                gathered.add(piece)
                onOutput(piece)
            }
            return (code, gathered.output, String(decoding: gathered.error, as: UTF8.self))
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func bytesStreamsAndCodeAreThoseOfTheProgram(shell: FakeNode.Shell) async throws {
        let input = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let script = #"printf '%s|' "$@" >&2; cat; echo warned >&2; exit 7"#
        let result = try await stream(script, ["exec", "it's", "$HOME"], input: input, shell: shell)
        #expect(result.code == 7)
        #expect(result.output == input)
        #expect(result.error == "exec|it's|$HOME|warned\n")
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func noInputIsAnEmptyOne(shell: FakeNode.Shell) async throws {
        let result = try await stream("cat; printf end", shell: shell)
        #expect(result.code == 0 && result.output == Array("end".utf8))
    }

    /// A log that goes on is told as it grows, and its end is the task's cancellation.
    @Test(arguments: FakeNode.Shell.allCases)
    func aLogIsToldWhileItGrowsAndEndsWhenCancelled(shell: FakeNode.Shell) async throws {
        let (lines, said) = AsyncStream<Void>.makeStream()
        let ended = Mutex(false)
        let task = Task {
            defer { ended.withLock { $0 = true } }
            _ = try await stream("echo first; exec sleep 600", ["logs"], shell: shell) { _ in said.yield() }
        }
        for await _ in lines { break }
        #expect(!ended.withLock { $0 })
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func whereSudoMergesStreamsErrorsComeAtTheEnd() {
        let program = Kubectl.streaming(["logs"], input: nil, token: "mc-1", mergesStreams: true)
        #expect(program.contains(#"kubectl 'logs' 2>"$errors" 3<&- </dev/null &"#))
        var reader = StreamReader(token: "mc-1")
        let pieces = ["Welcome\n\nmc-", "1\nbo", "dy", "\nmc-", "1 ", "3\nwar", "ned\n"].flatMap {
            reader.take(OutputPiece(.output, Array($0.utf8)))
        }
        func text(_ stream: OutputPiece.Stream) -> String {
            String(decoding: pieces.filter { $0.stream == stream }.flatMap(\.bytes), as: UTF8.self)
        }
        #expect(text(.output) == "body\n" && text(.error) == "warned\n" && reader.code == 3)
    }

    @Test(arguments: [nil, [1, 2, 3]] as [[UInt8]?], [false, true])
    func theProgramPassesShellcheck(input: [UInt8]?, mergesStreams: Bool) throws {
        let program = Kubectl.streaming(
            ["exec", "a b"], input: input, token: "mc-1", mergesStreams: mergesStreams)
        try Shellcheck.expectClean("#!/bin/sh\n" + program)
    }

    @Test func whatALoginSaysBeforeIsOnlySaidWhenNothingFollows() {
        var reader = StreamReader(token: "mc-1")
        #expect(reader.take(OutputPiece(.error, Array("sudo: no\n".utf8))).isEmpty)
        #expect(reader.code == nil)
        #expect(String(decoding: reader.unread, as: UTF8.self) == "sudo: no\n")
    }
}
