import Foundation
import Testing
import YAML

/// Manual pages, completion, and what is said to a misspelt word.
@Suite struct HelpTests {
    @Test(arguments: [
        (["paln"], "'paln' is no command of mooc-cluster; did you mean 'plan'?"),
        (["help", "statsu"], "did you mean 'status'?"),
        (["node", "lst"], "no command of mooc-cluster node; did you mean 'list'?"),
        (["qqqqqq", "--yes"], "`mooc-cluster --help` lists"),
        (["node", "qqqqqq"], "`mooc-cluster node --help` lists"),
        (["plan", "--limt", "a"], "Did you mean '--limit'?"),
        (["ping", "--ouptut", "json"], "Did you mean '--output'?"),
    ])
    func aMisspeltWordGetsASuggestion(arguments: [String], words: String) async throws {
        let outcome = try await withTool { try await $0.run(arguments) }
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("Error: ") && outcome.errors.contains(words), "\(outcome.errors)")
    }

    /// Each page is made of the same definitions as the help, which has examples; groff has nothing to say about it.
    @Test func everyCommandHasAPage() async throws {
        try await withTool { tool in
            let written = try await tool.run(["manual", "man1", "--output", "json"])
            #expect(written.status == 0, "\(written.errors)")
            let files = try json(written.output)["files"]?.items?.compactMap(\.text) ?? []
            #expect(
                files.contains("man1/mooc-cluster-node-remove.1")
                    && !files.contains("man1/mooc-cluster-help.1"))
            for file in files {
                let page = try String(contentsOfFile: "\(tool.folder)/\(file)", encoding: .utf8)
                let name = file.dropFirst("man1/".count).dropLast(".1".count)
                let isGroup = page.contains("\n.SH COMMANDS\n")
                #expect(page.contains(".SH EXAMPLES\n") != isGroup, "\(file)")
                #expect(page.contains(".SH OPTIONS\n") && page.contains(".SH NAME\n"), "\(file)")
                #expect(!page.contains(#/default: [A-Za-z]+\(/#), "\(file) shows a value as Swift writes it")
                #expect(!isGroup || page.contains("See \(name.replacing("-", with: "\\-"))\\-"), "\(file)")
            }
            guard FileManager.default.isExecutableFile(atPath: "/usr/bin/groff") else { return }
            let read = try await tool.run(
                [],
                through: [
                    "/bin/sh", "-c",
                    "for page in man1/*; do groff -man -ww -Tutf8 -P-cbou $page || exit; done >text", "sh",
                ])
            #expect(read.status == 0)
            #expect(read.errors.isEmpty, "\(read.errors)")
            let text = try String(contentsOfFile: "\(tool.folder)/text", encoding: .utf8)
            #expect(text.contains("mooc-cluster run --limit worker 'df -h / | tail -n 1'"))
        }
    }

    @Test func bashCompletesCommandsAndOptions() async throws {
        try await withTool { tool in
            let script = try await tool.run(["completion", "bash"])
            #expect(script.status == 0, "\(script.errors)")
            try tool.write(script.output, to: "completion")
            let outcome = try await tool.run(
                [],
                through: [
                    "/bin/bash", "-c",
                    """
                    . ./completion
                    complete -p mooc-cluster
                    function=$(complete -p mooc-cluster | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
                    try() {
                        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=${#COMP_LINE} COMPREPLY=()
                        "$function" mooc-cluster "${@: -1}" "${@: -2:1}"
                        echo "${COMPREPLY[*]}"
                    }
                    try mooc-cluster pi
                    try mooc-cluster ping --lim
                    try mooc-cluster explain apt-l
                    """, "bash",
                ])
            let lines = outcome.output.split(separator: "\n").map { $0.filter { $0 != " " } }
            #expect(
                lines.dropFirst() == ["ping", "--limit", "apt-locked"], "\(outcome.output)\(outcome.errors)")
        }
    }

    @Test(arguments: ["zsh", "fish"])
    func otherShellsHaveAScript(shell: String) async throws {
        try await withTool { tool in
            let script = try await tool.run(["completion", shell])
            #expect(script.status == 0)
            #expect(script.output.contains("mooc-cluster") && script.output.contains("accept-new-host-keys"))
            let path = "/usr/bin/\(shell)"
            guard FileManager.default.isExecutableFile(atPath: path) else { return }
            try tool.write(script.output, to: "completion")
            let read = try await tool.run([], through: [path, "-n", "completion"])
            #expect(read.status == 0 && read.errors.isEmpty, "\(read.errors)")
        }
    }
}
