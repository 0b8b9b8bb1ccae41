import Testing

/// `--verbose` shows the commands that run on hosts, and no secret in them.
@Suite struct VerboseTests {
    @Test func aPlayShowsWhatRan() async throws {
        try await withTool { tool in
            var tool = tool
            tool.environment["WORD"] = "a secret word"
            try tool.useThreeHosts()
            try tool.write(
                """
                name: Shows
                values: [PLACE, SECRET]
                steps:
                  - name: it is there
                    sudo: false
                    when: test -n "$PLACE"
                    check: test -e "$PLACE"
                    apply: |
                      : "$SECRET"
                      touch "$PLACE"
                    register: MADE
                    value: cat "$PLACE"
                  - name: so is the other one
                    sudo: false
                    creates: ${PLACE}.other
                    apply: touch "$PLACE.other"

                """, to: "shows.yml")
            let outcome = try await tool.script(
                """
                play() { tool play shows.yml -e PLACE="$PWD/there" --secret SECRET=env:WORD --limit n1 "$@"; }
                play --plan --verbose 2>planned >/dev/null; echo "plan $?"
                play --verbose 2>first >/dev/null; echo "first $?"
                play --verbose 2>second >/dev/null; echo "second $?"
                play >/dev/null 2>quiet; echo "quiet $?"
                for name in planned first second quiet; do sed "s/^........ /$name: /" $name; done
                cat .local/state/mooc-cluster/*/runs/*/n1.log | grep -c 'it is there, apply:' | sed 's/^/kept /'
                """)
            let said = outcome.output
            for words in [
                "plan 2\nfirst 0\nsecond 0\nquiet 0\n", "kept 1\n",
                "planned: n1: it is there, when: test -n \"$PLACE\"\n",
                "planned: n1: it is there, check: test -e \"$PLACE\"\n",
                "first: n1: it is there, apply:\nfirst:   : \"$SECRET\"\nfirst:   touch \"$PLACE\"\n",
                "first: n1: it is there, value: cat \"$PLACE\"\n",
                "second: n1: so is the other one, check: test -e \"${PLACE?}\"'.other'\n",
            ] {
                #expect(said.contains(words), "\(words) is not in \(said)\(outcome.errors)")
            }
            for words in [
                "planned: n1: it is there, apply", "second: n1: it is there, apply", "a secret word",
            ] {
                #expect(!said.contains(words), "\(words) is in \(said)")
            }
            #expect(
                !said.split(separator: "\n").contains { $0.hasPrefix("quiet: ") && $0.contains("$PLACE") })
        }
    }

    /// A script of the tool's own that is no playbook is named by what it runs.
    @Test func soDoCommandsThatAreNoPlaybooks() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            let outcome = try await tool.script(
                """
                tool run --limit n1 --verbose -- printf '%s' 'two words'
                tool ping --limit n2 --verbose
                """)
            #expect(outcome.errors.contains("n1: runs: printf %s 'two words'\n"), "\(outcome.errors)")
            #expect(outcome.errors.contains("n2: runs: date +%s%N; id -un;"), "\(outcome.errors)")
            #expect(outcome.errors.contains("n2: connected in "), "\(outcome.errors)")
        }
    }
}
