import Foundation
import Playbook
import TestSupport
import Testing
import YAML

@testable import Provisioning

/// The step of `nfs.yml` that tries the folders of a server; what stands in for a mount of one is a folder of this machine.
@Suite(.enabled(if: geteuid() == 0))
struct NFSPlaybookTests {
    /// Tries folders that were prepared, on a node that finds them below `served`.
    private func trial(
        _ shell: FakeNode.Shell, _ folders: [String], prepared: String
    ) async throws -> (isRight: Bool, said: String, left: String) {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: shell)
            let path = "playbooks/nfs.yml"
            let playbook = try #require(
                Playbook.read(try Sample.file(path), file: path, diagnostics: Diagnostics()))
            guard case .shell(let work) = try #require(playbook.steps.last).work,
                case .script(let check) = work.check
            else { throw NoControlPlane() }
            #expect(check == work.apply)
            let program = """
                chmod 755 . bin
                mkdir served
                (cd served; \(prepared))
                cat >bin/mount <<'END'
                #!/bin/sh
                while test $# -gt 2; do shift; done
                exec /bin/mount --bind '\(folder)/served'"${1#*:}" "$2"
                END
                chmod 755 bin/mount
                NFS_FOLDERS='\(folders.joined(separator: "\n"))'
                mkdir scratch
                TMPDIR=$PWD/scratch
                export NFS_FOLDERS TMPDIR
                code=0
                (set -eu
                \(check)
                ) || code=$?
                find served scratch -mindepth 1 >left
                exit "$code"
                """
            let output = Collected()
            let command = RemoteCommand(
                "cd '\(folder)' && PATH='\(folder)/bin':$PATH && export PATH && sh -s",
                input: Array(program.utf8))
            let end = try await node.run(command) { output.add($0.bytes) }
            return (end == .code(0), output.text, node.read("left") ?? "")
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func foldersThatFitAreRightAndStayEmpty(_ shell: FakeNode.Shell) async throws {
        let (isRight, said, left) = try await trial(
            shell, ["0750 999:999 files:/mysql", "0750 0:0 files:/caddy"],
            prepared: "mkdir -m 750 mysql caddy; chown 999:999 mysql")
        #expect(isRight && said.isEmpty, "\(said)")
        #expect(left.split(separator: "\n").sorted() == ["served/caddy", "served/mysql"])
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func whatIsWrongIsSaidOfEachFolder(_ shell: FakeNode.Shell) async throws {
        let (isRight, said, _) = try await trial(
            shell,
            ["0750 999:999 files:/mysql", "0750 1000:1000 files:/none", "0750 1000:1000 files:/locked"],
            prepared: "mkdir mysql locked; chown 1000:1000 locked; chmod 550 locked")
        #expect(!isRight)
        #expect(said.contains("files:/mysql: it belongs to 0:0, and should to 999:999\n"), "\(said)")
        #expect(said.contains("files:/none: ") && said.contains("files:/locked: "), "\(said)")
    }
}
