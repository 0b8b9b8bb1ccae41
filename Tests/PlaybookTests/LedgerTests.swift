import Foundation
import Playbook
import TestSupport
import Testing

/// What programs note of a host before they change it, and how it is put back.
@Suite struct LedgerTests {
    /// A playbook that changes files in each way that there is.
    static let changes = """
        name: Changes
        values: [ROOT, CONTENT]
        steps:
          - name: a file that was there
            file: ${ROOT}/etc/there.conf
            content: ${CONTENT}
            mode: "0644"
            owner: "OWNER"
          - name: a file in new folders
            file: ${ROOT}/etc/new/deep/file.conf
            content: ${CONTENT}
            owner: "OWNER"
          - name: a file that goes
            file: ${ROOT}/etc/old.conf
            absent: true
          - name: a link that becomes a file
            file: ${ROOT}/etc/link
            content: ${CONTENT}
            owner: "OWNER"
          - name: a file by hand
            check: grep -q "$CONTENT" "$ROOT/etc/hand"
            apply: |
              echo "$CONTENT" >"$ROOT/etc/hand.new"
              mc_put "$ROOT/etc/hand.new" "$ROOT/etc/hand"
          - name: a program's folder
            check: grep -q "$CONTENT" "$ROOT/etc/data/file"
            apply: |
              mc_keep data "$ROOT/etc/data"
              mkdir -p "$ROOT/etc/data/below"
              echo "$CONTENT" >"$ROOT/etc/data/file"
          - name: a file in it
            file: ${ROOT}/etc/data/other
            content: ${CONTENT}
            owner: "OWNER"
        """.replacing("OWNER", with: "\(getuid()):\(getgid())")

    private func prepare(_ stage: Stage) throws {
        try stage.node.write("before\n", to: "etc/there.conf")
        try stage.node.write("old\n", to: "etc/old.conf")
        try stage.node.write("by hand\n", to: "etc/hand")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: stage.node.path("etc/there.conf"))
        try FileManager.default.createSymbolicLink(
            atPath: stage.node.path("etc/link"), withDestinationPath: "old.conf")
    }

    /// All below `etc`, with modes, contents and targets of links.
    private func tree(_ stage: Stage) throws -> [String] {
        let manager = FileManager.default
        return try manager.subpathsOfDirectory(atPath: stage.node.path("etc")).sorted().map { name in
            let path = stage.node.path("etc/\(name)")
            let facts = try manager.attributesOfItem(atPath: path)
            let target = try? manager.destinationOfSymbolicLink(atPath: path)
            let content = target ?? stage.node.read("etc/\(name)") ?? "folder"
            return "\(name) \(target == nil ? "\(facts[.posixPermissions] ?? "")" : "link") \(content)"
        }
    }

    private func restore(_ stage: Stage) async throws -> [String] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "playbooks/restore.yml")
        let result = try await stage.play(
            try String(contentsOf: file, encoding: .utf8), ["LEDGER": stage.node.path("own/ledger")])
        #expect(result.failure == nil)
        return result.steps.filter { "\($0.outcome)" == "changed" }.map(\.name)
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func allComesBack(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            try prepare(stage)
            let before = try tree(stage)
            for content in ["one", "two"] {
                let outcomes = try await stage.outcomes(Self.changes, ["CONTENT": content])
                #expect(outcomes.last == "changed" && outcomes[0] == "changed")
            }
            #expect(try tree(stage) != before)
            #expect(
                try await restore(stage) == [
                    "folders of the cluster's programs are gone", "files are as they were",
                    "folders that came with files are gone", "the ledger is away",
                ])
            #expect(try tree(stage) == before)
            #expect(stage.node.read("own/ledger/notes") == nil)
            #expect(try await restore(stage) == [])
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func whatSomebodyElseHasChangedIsNotLost(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            try prepare(stage)
            try await stage.play(Self.changes, ["CONTENT": "one"])
            for name in ["there.conf", "new/deep/file.conf", "link"] {
                try stage.node.write("theirs\n", to: "etc/\(name)")
            }
            try stage.node.write("theirs too\n", to: "etc/new/more")
            _ = try await restore(stage)
            #expect(stage.node.read("etc/there.conf") == "theirs\n")
            #expect(stage.node.read("etc/there.conf.before-mooc-cluster") == "before\n")
            #expect(stage.node.read("etc/new/deep/file.conf") == "theirs\n")
            #expect(stage.node.read("etc/link") == "theirs\n")
            #expect(stage.node.read("etc/link.before-mooc-cluster") == "old\n")
            #expect(stage.node.read("etc/new/more") == "theirs too\n")
            #expect(stage.node.read("etc/hand") == "by hand\n")
            #expect(stage.node.read("etc/old.conf") == "old\n")
        }
    }

    /// The note comes first: a run that ends between the two has noted a change that never was.
    @Test(arguments: FakeNode.Shell.allCases)
    func aTornNoteIsMadeAgain(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            try prepare(stage)
            let before = try tree(stage)
            try FileManager.default.createDirectory(
                atPath: stage.node.path("own/ledger/kept"), withIntermediateDirectories: true)
            try stage.node.write("file\t\(stage.node.path("etc/there.conf"))\tno", to: "own/ledger/notes")
            try await stage.play(Self.changes, ["CONTENT": "one"])
            _ = try await restore(stage)
            #expect(try tree(stage) == before)
        }
    }

    @Test func aHostThatWasSetUpWithoutALedgerGetsNone() async throws {
        try await Stage.with { stage in
            try prepare(stage)
            try stage.node.write("192.0.2.0/24\n", to: "own/pod-network")
            try await stage.play(Self.changes, ["CONTENT": "one"])
            #expect(stage.node.read("etc/there.conf") == "one")
            #expect(stage.node.read("own/ledger/notes") == nil)
        }
    }
}
