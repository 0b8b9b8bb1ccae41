import Playbook
import TestSupport
import Testing
import YAML

@testable import Provisioning

/// The step of `upgrade-kubeadm.yml` that tells kubeadm where CoreDNS' image is, with a kubectl that answers from a file and
/// writes down what it is told.
struct UpgradePlaybookTests {
    private static let record = """
        apiServer:
          certSANs:
          - localhost
        dns:
          type: CoreDNS
          imageTag: v1
        etcd:
          local:
            dataDir: /var/lib/etcd
        kubernetesVersion: v1.20.15

        """

    private func run(_ record: String, _ shell: FakeNode.Shell) async throws -> String? {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: shell)
            let path = "playbooks/upgrade-kubeadm.yml"
            let playbook = try #require(
                Playbook.read(try Sample.file(path), file: path, diagnostics: Diagnostics()))
            guard case .shell(let work) = try #require(playbook.steps.first).work,
                case .script(let check) = work.check
            else { throw NoControlPlane() }
            try node.write(record, to: "record")
            let program = """
                mkdir -p bin
                cat >bin/kubectl <<'END'
                #!/bin/sh
                case "$*" in
                    *patch*) while test "$1" != --patch; do shift; done; printf '%s\\n' "$2" >told ;;
                    *) cat record ;;
                esac
                END
                chmod 755 bin/kubectl
                mc_patiently() { "$@"; }
                DNS_OVERRIDE=registry.k8s.io/coredns
                export DNS_OVERRIDE
                if (set -eu
                \(check)
                ); then exit 0; fi
                (set -eu
                \(work.apply)
                ) >/dev/null || exit 3
                cat told
                """
            let output = Collected()
            let command = RemoteCommand(
                "cd '\(folder)' && PATH='\(folder)/bin':$PATH && export PATH && sh -s",
                input: Array(program.utf8))
            let end = try await node.run(command) { output.add($0.bytes) }
            #expect(end == .code(0))
            return output.text.isEmpty ? nil : output.text
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func theRecordKeepsAllElse(_ shell: FakeNode.Shell) async throws {
        let told = try #require(try await run(Self.record, shell))
        let patch = try #require(
            YAMLParser.document(Array(told.utf8), file: "patch", diagnostics: Diagnostics()))
        let text = try #require(patch["data"]?["ClusterConfiguration"]?.text)
        #expect(
            text
                == """
                apiServer:
                  certSANs:
                  - localhost
                etcd:
                  local:
                    dataDir: /var/lib/etcd
                kubernetesVersion: v1.20.15
                dns:
                  imageRepository: registry.k8s.io/coredns

                """)
        #expect(try await run(text, shell) == nil, "right already")
    }
}
