import Foundation
import Playbook
import TestSupport
import Testing

@Suite struct PatienceTests {
    /// Runs a program `flaky`, which counts its runs and then does what `body` says, by a step.
    ///
    /// `sleep` takes no time and counts.
    private func play(
        _ stage: Stage, _ body: String, calling words: String = "mc_patiently flaky 'a  b'"
    ) async throws -> (result: HostResult, tries: Int) {
        try stage.node.write("#!/bin/sh\necho \"$1\" >>\"$ROOT/slept\"\n", to: "sleep.text")
        try stage.node.write("#!/bin/sh\necho x >>\"$ROOT/tries\"\n\(body)\n", to: "flaky.text")
        let result = try await stage.play(
            """
            name: Patience
            values: [ROOT]
            steps:
              - name: programs are there
                creates: ${ROOT}/bin/flaky
                # a step with a time limit sleeps beside it
                uninterruptible: true
                apply: |
                  # written by a child: a file that the tests have open for writing may be busy in another child
                  cp "$ROOT/sleep.text" "$ROOT/bin/sleep"
                  cp "$ROOT/flaky.text" "$ROOT/bin/flaky"
                  chmod 755 "$ROOT/bin/sleep" "$ROOT/bin/flaky"
              - name: it is done
                creates: ${ROOT}/done
                uninterruptible: true
                apply: |
                  \(words) >"$ROOT/output"
                  touch "$ROOT/done"
            """)
        return (result, (stage.node.read("tries") ?? "").split(separator: "\n").count)
    }

    private static let timeout = "echo 'Unable to connect to the server: net/http: TLS handshake timeout' >&2"

    @Test(arguments: FakeNode.Shell.allCases)
    func whatPassesIsTriedAgain(_ shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let (result, tries) = try await play(
                stage,
                """
                echo "out $1"
                test "$(wc -l <"$ROOT/tries")" -lt 3 || exit 0
                \(Self.timeout)
                exit 7
                """)
            #expect(outcomes(result) == ["changed", "changed"])
            #expect(tries == 3)
            #expect(stage.node.read("output") == "out a  b\nout a  b\nout a  b\n")
            #expect(stage.events.lines.filter { $0.contains("TLS handshake timeout") }.count == 2)
            let pauses = (stage.node.read("slept") ?? "").split(separator: "\n").compactMap { Int($0) }
            #expect(pauses.count == 2)
            for (pause, range) in zip(pauses, [2...4, 4...8]) { #expect(range.contains(pause)) }
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func whatIsWrongFailsAtOnce(_ shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let (result, tries) = try await play(
                stage, "echo 'error: error validating \"a.yaml\": unknown field \"spec.replica\"' >&2\nexit 3"
            )
            #expect(result.failure?.code == 3)
            #expect(tries == 1)
        }
    }

    @Test(arguments: [
        ("mc_patiently flaky", 5), ("mc_patiently tries=2 flaky", 2),
        ("mc_patiently signs='no such words' flaky", 1),
        ("mc_patiently signs='' flaky", 1), ("mc_patiently signs='tls handshake' tries=3 flaky", 3),
    ])
    func patienceHasAnEnd(_ words: String, _ count: Int) async throws {
        try await Stage.with { stage in
            let (result, tries) = try await play(stage, "\(Self.timeout)\nexit 9", calling: words)
            #expect(result.failure?.code == 9)
            #expect(tries == count)
        }
    }

    @Test func onlyProgramsThatCallItHaveIt() throws {
        func text(_ apply: String) throws -> String {
            let playbook = try playbook(
                "name: x\nsteps: [{ name: y, check: 'false', apply: '\(apply)' }]\n")
            return Compiler.compile(
                playbook, values: Values(), mode: .apply, options: CompileOptions(token: "t")
            ).text
        }
        #expect(try text("mc_patiently true").contains("mc_patiently() ("))
        #expect(try !text("true").contains("patient"))
    }
}
