import Foundation
import Playbook
import TestSupport
import Testing

@Suite struct SecretTests {
    static let text = """
        name: Leaky
        values: [ROOT, PASSWORD]
        steps:
          - name: prints it in every way
            check: 'false'
            apply: |
              echo "it is $PASSWORD"
              printf '%s' "$PASSWORD" >&2
              set -x
              : "$PASSWORD"
              tr '\\0' '\\n' </proc/$$/cmdline
              cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' >"$ROOT/processes"
              exit 1
          - name: never
            check: 'true'
            apply: 'true'
        """

    @Test(arguments: FakeNode.Shell.allCases)
    func aSecretIsInNoOutputEventLogOrProcessList(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let canary = "canary-\(UInt32.random(in: 0...UInt32.max))"
            let secret = "\(canary)-1 \n\(canary)-2"
            let log = RunLog(folder: stage.node.root, now: { "2026-11-21T10:00:00Z" })
            let result = try await stage.play(Self.text, secrets: ["PASSWORD": secret])
            let failure = try #require(result.failure)
            for event in stage.events.all { log.write(event, host: "n1", phase: "Leaky") }
            #expect(failure.lastLines.contains("it is ••••••"))
            let processes = try #require(stage.node.read("processes"))
            #expect(processes.contains("cat\n") && !processes.contains(canary))
            #expect(!"\(stage.events.all)".contains(canary) && !"\(result)".contains(canary))
            for file in ["events.jsonl", "n1.log"] {
                let text = try #require(stage.node.read(file))
                #expect(text.contains("it is ••••••") && !text.contains(canary))
                let attributes = try FileManager.default.attributesOfItem(atPath: stage.node.path(file))
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
            #expect(log.failure == nil)
        }
    }

    @Test func aLogThatCannotBeWrittenSaysSo() {
        let log = RunLog(folder: "/does/not/exist", now: { "now" })
        log.write(.ok(step: "x"), host: "n1", phase: "p")
        #expect(log.failure == "/does/not/exist/events.jsonl: No such file or directory")
    }

    @Test func eventsAreLinesOfJSON() async throws {
        try await withScratchFolder { folder in
            let redaction = Redaction()
            redaction.add(Secret("hunter2"))
            let told = Collected()
            let log = RunLog(
                folder: folder, redaction: redaction, now: { "t" },
                onLine: { told.add(Array("\($0)\n".utf8)) })
            log.write(
                .retrying(step: "a \"b\"\n", reason: .timeout, code: 124, seconds: 4), host: "n1", phase: "p")
            log.write(
                .registered(name: "TOKEN", value: .secret(Secret("canary"))), host: "n1", phase: "p")
            log.write(.output(step: nil, line: "of another host: hunter2"), host: "hunter2", phase: "p")
            let text = try String(contentsOfFile: folder + "/events.jsonl", encoding: .utf8)
            #expect(
                text == #"{"time":"t","host":"n1","phase":"p","event":"retrying","step":"a \"b\"\n","#
                    + #""reason":"timeout","code":124,"seconds":4}"# + "\n"
                    + #"{"time":"t","host":"n1","phase":"p","event":"registered","name":"TOKEN","secret":true}"#
                    + "\n" + #"{"time":"t","host":"hunter2","phase":"p","event":"output","step":null,"#
                    + #""line":"of another host: ••••••"}"# + "\n")
            #expect(told.text == text)
            let words = try String(contentsOfFile: folder + "/n1.log", encoding: .utf8)
            #expect(words.hasPrefix("t p: a \"b\"\nt p: : took too long"))
        }
    }
}
