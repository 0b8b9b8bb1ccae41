import Foundation
import Testing
import YAML

/// The command `run`, over a stock sshd.
@Suite struct RunTests {
    @Test func whatHostsSayAlikeIsShownOnce() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            let outcome = try await tool.script(
                #"""
                tool run -- printf '%s|' 'a  b' "it's" '$HOME' '*'
                tool run 'set -- $SSH_CONNECTION; echo "at ${3##*.}"; echo always; test $3 != 127.0.0.2 || echo two >&2'
                tool run --limit n2 --output json 'echo out; echo err >&2'
                """#)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let parts = outcome.output.split(separator: "[", maxSplits: 1)
            #expect(
                parts[0] == """
                    n1, n2, n3: a  b|it's|$HOME|*|
                    n1:
                      at 1
                      always
                    n2:
                      at 2
                      always
                      two
                    n3:
                      at 3
                      always

                    """)
            let host = try #require(try json("[" + parts[1]).items?.first)
            #expect(host["output"]?.text == "out\n" && host["errors"]?.text == "err\n")
            #expect(host["host"]?.text == "n2" && host["code"]?.text == "0")
        }
    }

    @Test func theHighestCodeCounts() async throws {
        try await withTool { tool in
            try tool.useThreeHosts("  - { name: gone, address: 127.0.0.4, role: worker, ssh: { port: 1 } }")
            let line = "'set -- $SSH_CONNECTION; exit ${3##*.}'"
            let outcome = try await tool.script(
                """
                tool run --limit '!gone' \(line); echo $?
                tool run \(line); echo $?
                tool run 'exit 200'; echo $?
                tool run --limit n1 'kill -9 $$'; echo $?
                """)
            let codes = outcome.output.split(separator: "\n").filter { Int($0) != nil }
            #expect(codes == ["3", "69", "200", "137"], "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("n1: exit code 1\nn2: exit code 2\nn3: exit code 3\n3\n"))
            #expect(outcome.output.contains("n1, n2, n3: exit code 200\n"))
            #expect(outcome.errors.contains("gone: error: "))
        }
    }

    /// Standard input reaches every host byte by byte, and a script with its arguments too.
    @Test func inputAndScriptsReachHosts() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            try tool.write(
                #"""
                #!/bin/bash -u
                echo "${BASH_VERSION:+bash} $# $1 $-"
                echo "$0" >>"$HOME/ran"
                """#, to: "do.sh")
            let outcome = try await tool.script(
                """
                head -c 100000 /dev/urandom >in
                tool run 'cksum; wc -c' <in
                cksum <in
                tool run --limit n1,n2 --script do.sh -- 'x y' z
                tool run --no-input 'wc -c' <in
                """)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n").map(String.init)
            #expect(lines.first == "n1, n2, n3:")
            #expect(lines[1] == "  " + lines[3])
            #expect(lines.contains { $0.hasPrefix("n1, n2: bash 2 x y ") && $0.contains("u") })
            #expect(lines.last == "n1, n2, n3: 0")
            let ran = try String(contentsOfFile: "\(tool.folder)/sshd/ran", encoding: .utf8).split(
                separator: "\n")
            #expect(ran.count == 2)
            for file in ran { #expect(!FileManager.default.fileExists(atPath: String(file))) }
        }
    }

    @Test func aRunIsKept() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            let outcome = try await tool.script("tool run --sudo 'id -u; printf end'")
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output == "n1, n2, n3:\n  0\n  end\n")
            let events = try Records(tool).events()
            let said = events.filter { $0["event"]?.text == "output" && $0["host"]?.text == "n2" }
            #expect(said.map { $0["line"]?.text } == ["0", "end"])
            #expect(events.filter { $0["event"]?.text == "commandEnded" }.count == 3)
            #expect(try Records(tool).summary()["code"]?.text == "0")
        }
    }

    /// All of it is the result; the record keeps the first lines.
    @Test func muchOutputIsWhole() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            let outcome = try await tool.script(
                "tool run --limit n1 'seq 300000; head -c 300000 /dev/zero | tr \\\\0 x; echo; echo end >&2' >out; tail -n 3 out | cut -c 1-9"
            )
            #expect(outcome.output.contains("  300000\n  xxxxxxx\n"), "\(outcome.output)\(outcome.errors)")
            let events = try Records(tool).events()
            #expect(events.filter { $0["event"]?.text == "output" }.count == 2000)
            #expect(events.filter { $0["event"]?.text == "outputCut" }.count == 1)
            #expect(try Records(tool).summary()["hosts"]?.items?.first?["code"]?.text == "0")
        }
    }

    /// A signal to the tool ends the command and what that started, and so does the end of the tool.
    @Test(arguments: [SIGTERM, SIGKILL])
    func theEndOfTheToolIsTheEndOfTheCommand(signal: Int32) async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            let line = "cd; echo $$ >pid.$$; (sleep 600 & echo $! >child.$$; wait)"
            let home = tool.folder + "/sshd"
            func numbers(_ kind: String) -> [Int32] {
                let names = (try? FileManager.default.contentsOfDirectory(atPath: home)) ?? []
                return names.filter { $0.hasPrefix("\(kind).") }.compactMap { name in
                    (try? String(contentsOfFile: "\(home)/\(name)", encoding: .utf8))
                        .flatMap { Int32($0.filter { !$0.isNewline }) }
                }
            }
            let outcome = try await tool.script("\"$0\" run '\(line)' & echo $! >tool; wait $!") { _, _ in
                try await until { numbers("child").count == 3 }
                let pid = try String(contentsOfFile: "\(tool.folder)/tool", encoding: .utf8)
                kill(try #require(Int32(pid.filter { !$0.isNewline })), signal)
            }
            #expect(outcome.status == (signal == SIGTERM ? 130 : 137), "\(outcome.errors)")
            for pid in numbers("pid") + numbers("child") { try await until { hasEnded(pid) } }
        }
    }

    /// What begins with a minus is the tool's own option, wherever it stands before `--`.
    @Test func anOptionOfTheCommandNeedsTwoDashes() async throws {
        let outcome = try await withTool { try await $0.run(["run", "uptime", "-p"]) }
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("mooc-cluster run [<options>] [--] <command>"))
    }

    @Test func nothingToRunIsUsage() async throws {
        let outcome = try await withTool { try await $0.run(["run"]) }
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("mooc-cluster run -- uptime"))
    }
}
