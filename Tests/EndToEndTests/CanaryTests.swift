import Foundation
import Testing
import YAML

extension ThisMachine {
    /// A word that is in every secret must be in nothing that the tool says, keeps or shows to others on this machine.
    @Suite struct CanaryTests {
        private let canary = "canary-\(UInt32.random(in: 1_000_000...UInt32.max))"

        /// Prints its secrets in all the ways that programs do, and waits in between, so that the process list can be seen.
        private static let leaky = """
            name: Leaky
            values: [WORD, LINES, FOLDER]
            steps:
              - name: a secret is made
                sudo: false
                register: MADE
                secret: true
                value: printf '%s-made' "$WORD"
              - name: it all comes out
                check: 'false'
                apply: |
                  touch "$FOLDER/begun"
                  while test ! -e "$FOLDER/go"; do sleep 0.05; done
                  for each in "$WORD" "$LINES" "$MADE"; do
                      echo "plain $each"
                      printf '%s' "$each" | base64
                      printf 'user:%s' "$each" | base64 -w 0; echo
                      printf '{"password":"%s"}\\n' "$each" >&2
                  done
                  set -x
                  : "$WORD"
                  exit 1

            """

        /// Everything below a folder that holds the canary, in plain or in Base64, besides the files that it comes from.
        private func finds(below folder: String, except sources: [String]) -> [String] {
            let forms = [canary, Data(canary.utf8.dropLast(canary.utf8.count % 3)).base64EncodedString()].map
            {
                Data($0.utf8)
            }
            let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            return paths.filter { path in
                guard !sources.contains(path),
                    let data = FileManager.default.contents(atPath: folder + "/" + path)
                else { return false }
                return forms.contains { data.range(of: $0) != nil }
            }
        }

        /// The command lines of all processes that hold the canary.
        private func sightings() -> [String] {
            let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return processes.filter { Int($0) != nil }.compactMap { process in
                let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
                let text = String(decoding: line, as: UTF8.self)
                return text.contains(canary) ? text : nil
            }
        }

        @Test(arguments: [true, false])
        func aPlayKeepsItsSecrets(isJSON: Bool) async throws {
            try await withTool { tool in
                var tool = tool
                try FileManager.default.createDirectory(
                    atPath: tool.folder + "/tmp", withIntermediateDirectories: false)
                tool.environment = ["TMPDIR": tool.folder + "/tmp", "SUDO_WORD": canary + "-sudo"]
                try tool.useSshd("sudoPassword: { env: SUDO_WORD }")
                try tool.write(Self.leaky, to: "leaky.yml")
                try tool.write(canary + "-word\n", to: "word")
                try tool.write(canary + "-one\nsecond \(canary)", to: "lines")
                let folder = tool.folder
                let canaries = self
                let outcome = try await tool.run(
                    [
                        "play", "leaky.yml", "--secret", "WORD=file:word", "--secret",
                        "LINES=command:cat lines",
                        "-e", "FOLDER=\(folder)", "--accept-new-host-keys", "--verbose",
                        "--output", isJSON ? "json" : "text",
                    ], through: tool.withSshd
                ) { _, _ in
                    try await until { FileManager.default.fileExists(atPath: folder + "/begun") }
                    #expect(canaries.sightings().isEmpty)
                    try tool.write("", to: "go")
                }
                #expect(outcome.status == 1, "\(outcome.errors)")
                #expect(outcome.errors.contains("plain ••••••"))
                #expect(!outcome.errors.contains(canary) && !outcome.output.contains(canary))
                #expect(finds(below: folder, except: ["word", "lines"]).isEmpty)
                let log = try Records(tool).text("here.log")
                #expect(log.contains("plain ••••••") && log.contains("MADE is known, and a secret"))
            }
        }

        /// What one host told as a secret is hidden in what another one says, and so is the proxy's password.
        @Test func aSecretOfOneHostIsHiddenInWhatAnotherSays() async throws {
            try await withTool { tool in
                try tool.write(
                    """
                    cluster: here
                    mirrors: { proxy: "http://me:\(canary)-proxy@127.0.0.1:3128" }
                    hosts:
                      - { name: one, address: 127.0.0.1, role: control-plane, connection: local }
                      - { name: two, address: 127.0.0.2, role: worker, connection: local }

                    """, to: "inventory.yml")
                chmod(tool.folder + "/inventory.yml", 0o600)
                try tool.write(
                    """
                    name: Tells
                    values: [NODE_NAME]
                    steps:
                      - name: a secret is made
                        sudo: false
                        when: test "$NODE_NAME" = one
                        register: MADE
                        secret: true
                        value: printf '%s' '\(canary)-made'
                      - name: the other one knows it
                        sudo: false
                        when: test "$NODE_NAME" = two
                        check: test -e known
                        apply: |
                          while ! grep -q '"registered"' .local/state/mooc-cluster/here/runs/*/events.jsonl; do
                              sleep 0.05
                          done
                          cat told
                          touch known

                    """, to: "tells.yml")
                // Not in the playbook: `--verbose` shows its commands, from a time on when nobody knows the secret.
                try tool.write("it is \(canary)-made, by \(canary)-proxy\n", to: "told")
                let outcome = try await tool.run(["play", "tells.yml", "--verbose"])
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.errors.contains("it is ••••••, by ••••••"))
                #expect(!outcome.errors.contains(canary))
                #expect(finds(below: tool.folder, except: ["inventory.yml", "tells.yml", "told"]).isEmpty)
            }
        }

        /// kubectl says what it was given when it refuses it, and pods log what they were started with.
        @Test func theApplicationsSecretsStayInTheCluster() async throws {
            try await withKubectl(
                """
                case "$*" in
                    *'apply --server-side'*)
                        input=$(cat)
                        printf '%s\\n' "$input" | grep -o '"[a-z-]*": *"Y2FuYXJ5[^"]*"' >&2
                        printf 'the server refuses %s\\n' "$CANARY" >&2
                        printf '%s' "$CANARY" | base64 >&2
                        exit 1 ;;
                    *) echo '{"kind":"List","items":[]}' ;;
                esac
                """
            ) { tool in
                var tool = tool
                tool.environment["CANARY"] = canary + "-mysql"
                let inventory = try String(contentsOfFile: tool.folder + "/inventory.yml", encoding: .utf8)
                try tool.write(
                    inventory.replacing(
                        "learn.example.edu }",
                        with: "learn.example.edu, secrets: { mysql-root-password: { env: CANARY } } }"),
                    to: "inventory.yml")
                let outcome = try await tool.run(["apply"])
                #expect(outcome.status == 1)
                #expect(outcome.errors.contains("the server refuses ••••••"), "\(outcome.errors)")
                #expect(!outcome.errors.contains(canary) && !outcome.errors.contains("Y2FuYXJ5"))
                #expect(finds(below: tool.folder, except: []).isEmpty)
                #expect(try Records(tool).text("events.jsonl").contains("the server refuses ••••••"))
            }
        }

        /// A secret that is too short to be hidden is named, so that nobody relies on it.
        @Test func aSecretThatIsTooShortIsSaid() async throws {
            try await withTool { tool in
                var tool = tool
                tool.environment = ["SHORT": "abc"]
                try tool.write(
                    "cluster: here\nhosts:\n"
                        + "  - { name: here, address: 127.0.0.1, role: control-plane, connection: local }\n",
                    to: "inventory.yml")
                try tool.write(
                    "name: Says\nsteps:\n  - name: so\n    sudo: false\n    check: 'true'\n    apply: 'true'\n",
                    to: "says.yml")
                let outcome = try await tool.run(["play", "says.yml", "--secret", "WORD=env:SHORT"])
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.errors.contains("The secret WORD has fewer than four characters"))
            }
        }

        @Test(arguments: [
            "WORD", "WORD=", "WORD=x", "WORD=env:", "=env:X", "WORD=prompt:x", "WORD=canary-in-argv",
        ])
        func aSecretWithoutASourceIsUsage(argument: String) async throws {
            try await withTool { tool in
                let outcome = try await tool.run(["play", "x.yml", "--secret", argument])
                #expect(outcome.status == 64)
                #expect(outcome.errors.contains("env:VARIABLE"))
            }
        }

        /// A crash must not write passwords to a disk; proc(5) shows the limit of the running process.
        @Test func thereAreNoCoreDumps() async throws {
            try await withTool { tool in
                try tool.write(
                    "cluster: here\nhosts:\n"
                        + "  - { name: here, address: 127.0.0.1, role: control-plane, connection: local }\n",
                    to: "inventory.yml")
                try tool.write(
                    "name: Slow\nsteps:\n  - name: waits\n    sudo: false\n    check: test -e go\n"
                        + "    apply: touch begun; while test ! -e go; do sleep 0.05; done\n",
                    to: "slow.yml")
                let folder = tool.folder
                let outcome = try await tool.run(["play", "slow.yml"]) { process, _ in
                    try await until { FileManager.default.fileExists(atPath: folder + "/begun") }
                    let limits = try String(
                        contentsOfFile: "/proc/\(process.processIdentifier)/limits", encoding: .utf8)
                    let line = try #require(
                        limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") })
                    #expect(line.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"])
                    try tool.write("", to: "go")
                }
                #expect(outcome.status == 0)
            }
        }
    }
}
