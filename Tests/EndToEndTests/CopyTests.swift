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

    @Test(arguments: [
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
