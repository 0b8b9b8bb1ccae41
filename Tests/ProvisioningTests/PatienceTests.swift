import Foundation
import Playbook
import TestSupport
import Testing

@testable import Provisioning

struct PatienceTests {
    /// Runs a command by the program; `sleep` takes no time and counts.
    private func run(
        _ node: FakeNode, _ command: String, tries: String = ""
    ) async throws -> (end: CommandEnd, output: String, errors: String) {
        try node.write("#!/bin/sh\necho \"$1\" >>\"$HOME/slept\"\n", to: "sleep.text")
        try node.write("#!/bin/sh\n\(command)\n", to: "command")
        let outputs = Collected()
        let errors = Collected()
        let input = """
            {
            # written by a child: a file that this process has open for writing may be busy in another of its children
            cp "$HOME/sleep.text" "$HOME/bin/sleep"
            chmod 755 "$HOME/bin/sleep"
            \(tries)
            sh -c \(ShellWord.quoted(Patience.program)) patiently sh "$HOME/command" 'a  b'
            exit
            }

            """
        let end = try await node.run(RemoteCommand("sh -s", input: Array(input.utf8))) { piece in
            (piece.stream == .output ? outputs : errors).add(piece.bytes)
        }
        return (end, outputs.text, errors.text)
    }

    private func tries(_ node: FakeNode) -> Int {
        (node.read("tries") ?? "").split(separator: "\n").count
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func whatPassesIsTriedAgain(_ shell: FakeNode.Shell) async throws {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: shell)
            let result = try await run(
                node,
                """
                echo x >>"$HOME/tries"
                echo "out $1"
                test "$(wc -l <"$HOME/tries")" -ge 3 && exit 0
                echo 'Unable to connect to the server: net/http: TLS handshake timeout' >&2
                exit 7
                """)
            #expect(result.end == .code(0))
            #expect(tries(node) == 3)
            #expect(result.output == "out a  b\nout a  b\nout a  b\n")
            #expect(result.errors.contains("TLS handshake timeout"))
            let pauses = (node.read("slept") ?? "").split(separator: "\n").compactMap { Int($0) }
            #expect(pauses.count == 2)
            for (pause, range) in zip(pauses, [2...4, 4...8]) { #expect(range.contains(pause)) }
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func whatIsWrongFailsAtOnce(_ shell: FakeNode.Shell) async throws {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: shell)
            let result = try await run(
                node,
                """
                echo x >>"$HOME/tries"
                echo 'error: error validating "a.yaml": unknown field "spec.replica"' >&2
                exit 3
                """)
            #expect(result.end == .code(3))
            #expect(tries(node) == 1)
        }
    }

    @Test(arguments: [("", 5), ("export PATIENT_TRIES=2", 2)])
    func patienceHasAnEnd(_ setting: String, _ count: Int) async throws {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder)
            let result = try await run(
                node, "echo x >>\"$HOME/tries\"\necho 'etcdserver: request timed out' >&2\nexit 9",
                tries: setting)
            #expect(result.end == .code(9))
            #expect(tries(node) == count)
        }
    }

    @Test func itPassesShellcheck() throws {
        try Shellcheck.expectClean("#!/bin/sh\n" + Patience.program + "\n")
    }

    /// A playbook that has the value uses it, and one that uses it has it.
    @Test(arguments: PlaybooksTests.all)
    func playbooksAskForWhatTheyUse(_ path: String) throws {
        let text = String(decoding: try Sample.file(path), as: UTF8.self)
        #expect(text.contains("$PATIENTLY") == text.contains(", PATIENTLY]"))
    }
}

/// A word of shell.
private enum ShellWord {
    static func quoted(_ text: String) -> String {
        "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
