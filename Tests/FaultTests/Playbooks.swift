/// Playbooks that use every kind of step that the engine has, for a scratch folder.
///
/// Applies run by way of a script that notes their begin and their end, and any two that run at once.
enum Playbooks {
    /// That script: `alone NAME SHELL`.
    static let alone = """
        set -eu
        exec 9>>"$LOG/lock"
        flock -n 9 || echo "$1" >>"$LOG/overlaps"
        echo "begin $1" >>"$LOG/applies"
        echo "$1 is being made"
        sleep 0.1
        eval "$2"
        echo "end $1" >>"$LOG/applies"

        """

    /// The two playbooks for a login: who does without root has neither handlers nor files of the engine's.
    static func texts(for login: Fault.Login) -> [String: String] {
        let both = ["first.yml": first, "second.yml": second]
        return login == .user ? both.mapValues(withoutRoot) : both
    }

    private static func withoutRoot(_ text: String) -> String {
        let parts = text.split(separator: "handlers:", maxSplits: 1)[0].split(separator: "  - name: ")
        let steps = parts.dropFirst().filter { !$0.contains("    file: ") && !$0.contains("    toml: ") }
        return parts[0]
            + steps.map { step in
                let lines = step.split(separator: "\n").filter {
                    !$0.hasPrefix("    notify:") && !$0.hasPrefix("    sudo:")
                }
                return "  - name: " + lines.joined(separator: "\n") + "\n    sudo: false\n"
            }.joined()
    }

    private static let first = """
        name: First
        values: [ROOT, LOG, WORD]
        steps:
          - name: a fact is read
            register: FACT
            value: echo 'a complaint' >&2; echo 'one "fact", two'
          - name: a secret is made
            register: MADE
            secret: true
            value: printf '%s-made' "$WORD"
          - name: right already
            check: echo it is right
            apply: 'false'
          - name: the folder is there
            creates: ${ROOT}/folder
            apply: sh "$LOG/alone" folder 'mkdir "$ROOT/folder"'
            notify: tell
          - name: a file
            file: ${ROOT}/folder/file
            content: |
              ${FACT}
              'quoted' $$HOME
            mode: "0640"
            owner: root:root
            notify: count
          - name: a secret file
            file: ${ROOT}/folder/secret
            content: ${WORD} ${MADE}
            mode: "0600"
            owner: root:root
          - name: keys of a file are set
            toml: ${ROOT}/config.toml
            set:
              version: 2
              plugins.cri.image: ${FACT}
          - name: an old file is away
            file: ${ROOT}/old
            absent: true
          - name: it talks much
            check: test -s "$ROOT/talk"
            apply: |
              sh "$LOG/alone" talk '
                for i in 1 2 3 4 5 6 7 8 9 10; do echo "line $i of a talk that is long"; done
                printf "no newline"
                echo "$WORD" >&2
                echo done >"$ROOT/talk"'
            notify: tell
          - name: it must not be cut
            uninterruptible: true
            creates: ${ROOT}/kept
            apply: sh "$LOG/alone" kept 'echo kept >"$ROOT/kept.new"; mv "$ROOT/kept.new" "$ROOT/kept"'
            register: KEPT
            value: cat "$ROOT/kept"
          - name: the second try helps
            check: test "$(cat "$ROOT/tries" 2>/dev/null || echo 0)" -ge 2
            retries: 3
            timeout: 60
            apply: sh "$LOG/alone" tries 'n=$(cat "$ROOT/tries" 2>/dev/null || echo 0); echo $((n + 1)) >"$ROOT/tries"'
          - name: it is the login's own
            sudo: false
            check: test -e "$ROOT/mine"
            apply: sh "$LOG/alone" mine 'true >"$ROOT/mine"'
          - name: not here
            when: 'false'
            check: 'false'
            apply: 'false'
        handlers:
          tell: sh "$LOG/alone" tell 'echo told >"$ROOT/told"'
          count: sh "$LOG/alone" count 'ls "$ROOT/folder" >"$ROOT/count"'

        """

    private static let second = """
        name: Second
        values: [ROOT, LOG, FACT, MADE, KEPT]
        steps:
          - name: what the first one knows
            file: ${ROOT}/known
            content: ${FACT} ${MADE} ${KEPT}
            owner: root:root
          - name: the last thing
            check: test "$(cat "$ROOT/last" 2>/dev/null)" = "$FACT"
            apply: sh "$LOG/alone" last 'printf "%s" "$FACT" >"$ROOT/last"'

        """
}
