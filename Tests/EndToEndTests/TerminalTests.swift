import Foundation
import Testing

extension ThisMachine {
    /// What a person sees on a terminal: tmux, whose screen is read.
    @Suite struct TerminalTests {
        /// Works until the file `go` is there, and says much meanwhile.
        private static let slow = """
            name: Slow
            values: [NODE_NAME, FOLDER]
            steps:
              - name: a step with a name that is longer than the narrow terminals of this test, and with 漢字
                sudo: false
                check: test -e "$FOLDER/go.$NODE_NAME"
                apply: |
                  until test -e "$FOLDER/go"; do
                      echo "a line of output that is longer than a terminal of eighty columns, about 漢字, said at $(date)"
                      sleep 0.1
                  done
                  touch "$FOLDER/go.$NODE_NAME"

            """

        private static let play = "'$TOOL' play slow.yml -e FOLDER='$PWD'"

        private func script(_ lines: String) async throws -> Tool.Outcome {
            try await withTool { tool in
                var tool = tool
                tool.environment["LC_ALL"] = "C.UTF-8"
                try tool.useThreeHosts()
                try tool.write(Self.slow, to: "slow.yml")
                return try await tool.script(
                    "TOOL=$0; . '\(Tool.script("terminal.sh"))'\n\(lines)\necho well")
            }
        }

        @Test(arguments: [40, 80, 200])
        func aLineAHostAtEveryWidth(columns: Int) async throws {
            let outcome = try await script(
                """
                terminal \(columns) "\(Self.play)"
                await is_board 3
                for narrow in \(columns / 2) \(columns * 2) \(columns); do
                    resize "$narrow"
                    await is_board 3
                done
                touch go
                await shows '^ended 0$'
                await is_calm
                screen
                """)
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.first == "HOST  ROLE           RESULT  CHANGED", "\(outcome.output)")
            #expect(lines.suffix(3).first?.hasSuffix(": changed 3 steps") == true, "\(outcome.output)")
            #expect(lines.count == 7, "\(outcome.output)")
        }

        @Test func ctrlCLeavesACleanTerminal() async throws {
            let outcome = try await script(
                """
                terminal 60 "\(Self.play)"
                await is_board 3
                in_tmux send-keys C-c
                await shows '^ended 130$'
                await is_calm
                screen
                """)
            #expect(outcome.output.hasSuffix("ended 130\nwell\n"), "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.contains("stopping: nothing new starts"), "\(outcome.output)")
        }

        /// SGR 31 to 37 are colours (ECMA-48); tmux says which the screen has.
        @Test(arguments: [true, false])
        func colorsAreLeftOutWhereNobodyWantsThem(isPlain: Bool) async throws {
            let outcome = try await script(
                """
                TERMINAL_VARIABLES=\(isPlain ? "NO_COLOR=1" : "")
                terminal 80 "\(Self.play)"
                await is_board 3
                in_tmux capture-pane -e -p >colored
                touch go
                await shows '^ended 0$'
                in_tmux capture-pane -e -p >>colored
                grep -c "$(printf '\\033')\\[3[1-7]m" colored
                """)
            #expect(outcome.output.hasPrefix("0\n") == isPlain, "\(outcome.output)\(outcome.errors)")
        }

        /// On a terminal whose output goes elsewhere there are plain lines with the time.
        @Test func aPipeGetsPlainLines() async throws {
            let outcome = try await script(
                """
                touch go
                terminal 80 "\(Self.play) 2>&1 | cat >plain; grep -c . plain"
                await shows '^ended 0$'
                cat plain
                """)
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.contains { $0.contains(#/^[0-9]{2}:[0-9]{2}:[0-9]{2} n2: changed: a step/#) })
            #expect(!outcome.output.contains("\u{1B}"), "\(outcome.output)\(outcome.errors)")
        }

        /// What is typed for a secret is not to be seen, and the board comes back after the question.
        @Test func aSecretIsAskedFor() async throws {
            let outcome = try await script(
                """
                terminal 40 "\(Self.play) --secret NODE_WORD=prompt"
                await shows 'The secret NODE_WORD'
                in_tmux send-keys -l 'hush hush'
                in_tmux send-keys Enter
                await shows '^3 working'
                ! shows hush || echo 'it can be read'
                touch go
                await shows '^ended 0$'
                await is_calm
                """)
            #expect(outcome.output == "well\n", "\(outcome.output)\(outcome.errors)")
        }

        @Test func aNoIsHeard() async throws {
            let outcome = try await script(
                """
                terminal 80 "'$TOOL' reset"
                await shows 'off n1, n2, n3? .y/N.'
                in_tmux send-keys -l 'no'
                in_tmux send-keys Enter
                await shows '^ended 1$'
                shows 'the answer was no' && echo refused
                """)
            #expect(outcome.output == "refused\nwell\n", "\(outcome.output)\(outcome.errors)")
        }
    }
}
