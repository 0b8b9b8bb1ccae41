import Foundation
import Playbook
import TestSupport
import Testing

@Suite struct FileStepTests {
    static let file = """
        name: File
        values: [ROOT, WHO]
        steps:
          - name: the file
            file: ${ROOT}/etc/deep/file.conf
            content: |
              hello ${WHO}
              not a value: $${WHO}
            mode: "0640"
            owner: "${ROOT_OWNER}"
        """

    private func text(_ stage: Stage) throws -> String {
        let attributes = try FileManager.default.attributesOfItem(atPath: stage.node.root)
        let user = try #require(attributes[.ownerAccountName] as? String)
        let group = try #require(attributes[.groupOwnerAccountName] as? String)
        return Self.file.replacing("${ROOT_OWNER}", with: "\(user):\(group)")
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func isWrittenOnceWithModeAndParents(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let text = try text(stage)
            #expect(try await stage.outcomes(text, ["WHO": "you"]) == ["changed"])
            #expect(stage.node.read("etc/deep/file.conf") == "hello you\nnot a value: ${WHO}\n")
            #expect(try permissions(stage.node.path("etc/deep/file.conf")) == 0o640)
            #expect(try await stage.outcomes(text, ["WHO": "you"]) == ["ok"])
            let left = try FileManager.default.contentsOfDirectory(atPath: stage.node.path("etc/deep"))
            #expect(left == ["file.conf"])
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aWrongModeIsWrongToo(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let text = try text(stage)
            try await stage.play(text, ["WHO": "you"])
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o666], ofItemAtPath: stage.node.path("etc/deep/file.conf"))
            #expect(try await stage.outcomes(text, ["WHO": "you"]) == ["changed"])
            #expect(try permissions(stage.node.path("etc/deep/file.conf")) == 0o640)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func planShowsTheDifferenceAndLeavesTheFile(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let text = try text(stage)
            try await stage.play(text, ["WHO": "you"])
            let result = try await stage.play(text, ["WHO": "them"], mode: .plan)
            #expect(outcomes(result) == ["wouldChange"])
            let diff = try #require(diffs(stage).last ?? nil).split(separator: "\n").map(String.init)
            #expect(diff[0].hasPrefix("--- \(stage.node.root)/etc/deep/file.conf (640 "))
            #expect(diff[1].hasPrefix("+++ \(stage.node.root)/etc/deep/file.conf (640 "))
            #expect(diff.contains("-hello you") && diff.contains("+hello them"))
            #expect(stage.node.read("etc/deep/file.conf")?.contains("hello you") == true)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func planShowsANewFile(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            try await stage.play(try text(stage), ["WHO": "you"], mode: .plan)
            let diff = try #require(diffs(stage).last ?? nil)
            #expect(diff.hasPrefix("--- /dev/null\n+++ "))
            #expect(diff.contains("\n+hello you"))
            #expect(stage.node.read("etc/deep/file.conf") == nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aFileWithASecretShowsNoDifference(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            try await stage.play(try text(stage), secrets: ["WHO": "canary-7231"], mode: .plan)
            #expect(diffs(stage) == [nil])
            #expect(!"\(stage.events.all)".contains("canary-7231"))
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aFileGoesAway(shell: FakeNode.Shell) async throws {
        let text = """
            name: Away
            values: [ROOT]
            steps:
              - name: it is away
                file: ${ROOT}/old
                absent: true
            """
        try await Stage.with(shell) { stage in
            try stage.node.write("was here\n", to: "old")
            #expect(try await stage.outcomes(text, mode: .plan) == ["wouldChange"])
            let diff = try #require(diffs(stage).last ?? nil)
            #expect(diff.contains("-was here"))
            #expect(try await stage.outcomes(text) == ["changed"])
            #expect(stage.node.read("old") == nil)
            #expect(try await stage.outcomes(text) == ["ok"])
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aLinkBecomesAFileAndAFolderIsLeftAlone(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let text = try text(stage)
            try stage.node.write("elsewhere\n", to: "target")
            try FileManager.default.createDirectory(
                atPath: stage.node.path("etc/deep"), withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: stage.node.path("etc/deep/file.conf"), withDestinationPath: stage.node.path("target"))
            #expect(try await stage.outcomes(text, ["WHO": "you"]) == ["changed"])
            #expect(stage.node.read("target") == "elsewhere\n")
            try FileManager.default.removeItem(atPath: stage.node.path("etc/deep/file.conf"))
            try FileManager.default.createDirectory(
                atPath: stage.node.path("etc/deep/file.conf"), withIntermediateDirectories: true)
            let result = try await stage.play(text, ["WHO": "you"])
            #expect(result.failure?.lastLines == ["\(stage.node.root)/etc/deep/file.conf is a folder"])
        }
    }

    private func permissions(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    private func diffs(_ stage: Stage) -> [String?] {
        stage.events.all.compactMap { event -> String?? in
            if case .diff(_, let text) = event { .some(text) } else { .none }
        }
    }

    /// A host that loses its power while a file is written has the temporary one left.
    @Test(arguments: FakeNode.Shell.allCases)
    func whatAPowerCutLeftOfAFileIsTakenAway(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            try stage.node.write("half", to: ".file.mooc-aB3dE6")
            try stage.node.write("another's", to: ".other.mooc-aB3dE6")
            try await stage.play(
                "name: One\nvalues: [ROOT]\nsteps:\n  - name: x\n    file: ${ROOT}/file\n    content: whole\n"
                    + "    owner: \"\(getuid()):\(getgid())\"\n")
            #expect(stage.node.read("file") == "whole")
            #expect(stage.node.read(".file.mooc-aB3dE6") == nil)
            #expect(stage.node.read(".other.mooc-aB3dE6") == "another's")
        }
    }
}
