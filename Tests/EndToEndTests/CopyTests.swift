import Foundation
import Testing
import YAML

/// The command `copy`, over a stock sshd whose hosts are all this machine: a path of n1 is one of n2 too, so most tests
/// copy to one host.
@Suite struct CopyTests {
    @Test func onlyWhatDiffersIsWritten() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            let there = "\(tool.folder)/there/deep/file"
            try tool.write("it's \"text\" ${X} $(id)\nno newline at the end", to: "text")
            let outcome = try await tool.script(
                """
                chmod 640 text
                tool copy --plan --limit n1 text \(there); echo "plan $?"; test ! -e there || echo 'it is there'
                tool copy --limit n1 text \(there); echo "first $?"; stat -c %a \(there); cmp text \(there)
                tool copy --limit n1 text \(there); echo "second $?"
                tool copy --limit n1 --mode 0600 text \(tool.folder)/there/deep/; echo "third $?"
                stat -c %a there/deep/text
                ls -A there/deep
                """)
            #expect(!outcome.output.contains("it is there"))
            for words in [
                "+it's \"text\" ${X} $(id)", "1 step to change\nplan 2\n", "changed 1 step\nfirst 0\n640\n",
                "nothing was changed\nsecond 0\n", "changed 1 step\nthird 0\n600\nfile\ntext\n",
            ] {
                #expect(outcome.output.contains(words), "\(outcome.output)\(outcome.errors)")
            }
        }
    }

    /// Bytes that are no text arrive too, and the result says on which hosts something changed.
    @Test func anyBytesArrive() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            let outcome = try await tool.script(
                """
                head -c 300000 /dev/urandom >bytes
                chmod 755 bytes
                tool copy --sudo --limit n2 bytes \(tool.folder)/there --output json >events; echo $?
                cmp bytes there; stat -c %a there
                tool copy --sudo --owner "$(id -un):$(id -g)" --limit n2,n3 bytes \(tool.folder)/there
                """)
            #expect(outcome.output.hasPrefix("0\n755\n"), "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.hasSuffix("nothing was changed\n"))
            let events = try String(contentsOfFile: "\(tool.folder)/events", encoding: .utf8)
            let last = try json(String(try #require(events.split(separator: "\n").last)))
            #expect(last["changes"]?.text == "1")
        }
    }

    /// Of several hosts each has a folder; permissions and time are kept, and what did not come leaves nothing.
    @Test func filesComeFromHosts() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            let outcome = try await tool.script(
                """
                head -c 300000 /dev/urandom >bytes
                chmod 640 bytes; touch -d @1700000000 bytes; mkdir one
                tool copy --from "$PWD/bytes" here >/dev/null; echo "all $?"
                for host in n1 n2 n3; do
                    cmp bytes here/$host/bytes; stat -c '%n %a %Y' here/$host/bytes
                done
                tool copy --from "$PWD/bytes" one --limit n1 >/dev/null; echo "folder $?"
                tool copy --from "$PWD/bytes" one/other --limit n1 --mode 600; echo "name $?"
                stat -c '%n %a' one/bytes one/other
                : >empty; tool copy --sudo --from "$PWD/empty" deep/er/ --limit n1 >/dev/null; echo "empty $?"
                tool copy --from "$PWD/missing" one --limit n1; echo "missing $?"
                tool copy --from "$PWD/here" one --limit n1; echo "not plain $?"
                find here one deep -type f | LC_ALL=C sort | tr '\n' ' '
                """)
            for words in [
                "all 0\nhere/n1/bytes 640 1700000000\nhere/n2/bytes 640 1700000000\n", "folder 0\n",
                "n1    300000  one/other\nname 0\none/bytes 640\none/other 600\nempty 0\n", "missing 1\n",
                "not plain 1\n",
                "deep/er/empty here/n1/bytes here/n2/bytes here/n3/bytes one/bytes one/other ",
            ] {
                #expect(
                    outcome.output.contains(words), "\(words) is not in \(outcome.output)\(outcome.errors)")
            }
            #expect(outcome.errors.contains("n1: error: ls: cannot access"), "\(outcome.errors)")
            #expect(outcome.errors.contains("here is no plain file"), "\(outcome.errors)")
        }
    }

    /// A copy that is interrupted leaves neither a part of the file nor what came of it beside its place.
    @Test func whatIsInterruptedLeavesNothing() async throws {
        try await withTool { tool in
            try tool.useThreeHosts()
            let outcome = try await tool.script(
                """
                truncate -s 1G huge; mkdir there; echo before >there/huge
                "$0" copy --from "$PWD/huge" there --limit n1 >/dev/null & pid=$!
                until ls there/*.tmp >/dev/null 2>&1; do kill -0 $pid || exit 1; done
                kill -TERM $pid; wait $pid; echo "ended $?"
                ls -A there; head -c 20 there/huge
                """)
            #expect(
                outcome.output.contains("ended 130\nhuge\nbefore\n"), "\(outcome.output)\(outcome.errors)")
        }
    }

    @Test(arguments: [
        ["copy", "--from", "a", "b"], ["copy", "--from", "/a/", "b"],
        ["copy", "--from", "/a", "b", "--plan"],
        ["copy", "a", "b"], ["copy", "a", "/b", "--mode", "999"], ["copy", "a", "/b", "--owner", "x:y"],
        ["copy", "a", "/b", "--owner", "x", "--sudo"], ["copy", "a"], ["copy", "missing", "/b"],
        ["copy", ".", "/b"],
    ])
    func wrongUseIs64(arguments: [String]) async throws {
        let outcome = try await withTool { tool in
            try tool.write("", to: "a")
            return try await tool.run(arguments)
        }
        #expect(outcome.status == 64, "\(outcome.errors)")
    }
}
