import Playbook
import TestSupport
import Testing
import YAML

@testable import Provisioning

/// The steps of `nodes.yml` that keep labels and taints in step, with a kubectl that answers from files and writes down
/// what it is told to change.
struct NodesPlaybookTests {
    /// What kubectl says of the node w1, and what the inventory wants of it.
    struct Case: Sendable {
        var labels = "", taints = ""
        /// Lines as the steps' templates make them: `L w1 disk=ssd`, `T w1 a=b:NoSchedule`, `A w1 disk zone`.
        var there = ""
        /// What the annotation holds.
        var remembered = ""
    }

    /// The two scripts of a step.
    private func scripts(of step: String) throws -> (check: String, apply: String) {
        let playbook = try #require(
            Playbook.read(
                try Sample.file("playbooks/nodes.yml"), file: "nodes.yml", diagnostics: Diagnostics()))
        let found = try #require(playbook.steps.first { $0.name == step })
        guard case .shell(let work) = found.work, case .script(let check) = work.check else {
            throw NoControlPlane()
        }
        return (check, work.apply)
    }

    /// Runs the check of a step, and its apply where it does not hold; what kubectl was told to change, nil where nothing.
    private func run(_ step: String, _ wanted: Case, _ shell: FakeNode.Shell) async throws -> String? {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: shell)
            let (check, apply) = try scripts(of: step)
            try node.write(wanted.there.isEmpty ? "" : wanted.there + "\n", to: "there")
            try node.write(wanted.remembered, to: "remembered")
            let program = """
                mkdir -p bin
                cat >bin/kubectl <<'END'
                #!/bin/sh
                case "$*" in
                    *go-template=*) cat there ;;
                    *annotations.mooc-cluster*) cat remembered ;;
                    *spec.taints*) sed -n 's/^T w1 \\([^=]*\\)=[^:]*/\\1/p' there ;;
                    *) echo "$*" >>told ;;
                esac
                END
                chmod 755 bin/kubectl
                mc_patiently() { "$@"; }
                NODE_NAMES=w1 NODE_LABELS=\(quoted(wanted.labels)) NODE_TAINTS=\(quoted(wanted.taints))
                export NODE_NAMES NODE_LABELS NODE_TAINTS
                if (set -eu
                \(check)
                ); then exit 0; fi
                (set -eu
                \(apply)
                ) >/dev/null || exit 3
                cat told
                """
            let output = Collected()
            let command = RemoteCommand("cd '\(folder)' && sh -s", input: Array(program.utf8))
            let end = try await node.run(command) { output.add($0.bytes) }
            #expect(end == .code(0))
            return output.text.isEmpty ? nil : output.text
        }
    }

    private func quoted(_ text: String) -> String { "'\(text)'" }

    @Test(arguments: FakeNode.Shell.allCases)
    func labels(_ shell: FakeNode.Shell) async throws {
        let step = "nodes have their labels"
        func told(_ wanted: Case) async throws -> String? { try await run(step, wanted, shell) }
        #expect(try await told(Case(there: "L w1 other=1")) == nil)
        #expect(
            try await told(Case(labels: "w1 disk=ssd", there: "L w1 disk=ssd\nA w1 disk")) == nil,
            "right already")
        #expect(
            try await told(Case(labels: "w1 disk=ssd\nw2 disk=hdd", there: "L w2 disk=hdd\nA w2 disk")) != nil
        )
        #expect(
            try await told(Case(labels: "w1 disk=ssd", there: "L w1 disk=hdd\nA w1 disk", remembered: "disk"))
                == "patch node w1 --type merge --patch {\"metadata\":{\"labels\":{\"disk\":\"ssd\"},"
                + "\"annotations\":{\"mooc-cluster/labels\":\"disk\"}}}\n")
        #expect(
            try await told(
                Case(
                    labels: "w1 disk=ssd", there: "L w1 disk=ssd\nL w1 zone=a\nL w1 other=1\nA w1 disk zone",
                    remembered: "disk zone"))
                == "patch node w1 --type merge --patch {\"metadata\":{\"labels\":{\"disk\":\"ssd\",\"zone\":null},"
                + "\"annotations\":{\"mooc-cluster/labels\":\"disk\"}}}\n", "what was set here goes, no other"
        )
        #expect(
            try await told(Case(there: "A w1 a.b/zone", remembered: "a.b/zone"))
                == "patch node w1 --type merge --patch {\"metadata\":{\"labels\":{\"a.b/zone\":null},"
                + "\"annotations\":{\"mooc-cluster/labels\":null}}}\n")
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func taints(_ shell: FakeNode.Shell) async throws {
        let step = "nodes have their taints"
        func told(_ wanted: Case) async throws -> String? { try await run(step, wanted, shell) }
        #expect(try await told(Case(there: "T w1 node-role.kubernetes.io/master=:NoSchedule")) == nil)
        #expect(
            try await told(
                Case(
                    taints: "w1 a=b:NoSchedule\nw1 c:NoExecute",
                    there: "T w1 a=b:NoSchedule\nT w1 c=:NoExecute\nA w1 a:NoSchedule c:NoExecute")) == nil)
        #expect(
            try await told(Case(taints: "w1 a=b:NoSchedule"))
                == """
                annotate node w1 mooc-cluster/taints=a:NoSchedule --overwrite
                taint node w1 a=b:NoSchedule --overwrite
                annotate node w1 mooc-cluster/taints=a:NoSchedule --overwrite

                """)
        #expect(
            try await told(
                Case(
                    there: "T w1 a=b:NoSchedule\nT w1 x=:NoExecute\nA w1 a:NoSchedule gone:NoExecute",
                    remembered: "a:NoSchedule gone:NoExecute"))
                    == """
                    annotate node w1 mooc-cluster/taints= a:NoSchedule gone:NoExecute --overwrite
                    taint node w1 a:NoSchedule-
                    annotate node w1 mooc-cluster/taints-

                    """, "what was set here goes, no other")
    }

    /// Whether pods leave a lost node, by a kubectl that says for how long nodes are Ready and a ps that says for how long
    /// the controller manager runs.
    private func evicts(ready: [Int], manager: Int, _ shell: FakeNode.Shell) async throws -> Bool {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: shell)
            let check = try scripts(of: "pods leave a node that is lost").check
            let times = ready.map { "date -u -d \"@$((now - \($0)))\" +%Y-%m-%dT%H:%M:%SZ" }
            let program = """
                now=$(date +%s)
                kubectl() { \(times.joined(separator: "; ")); }
                pgrep() { echo 4711; }
                ps() { echo '  \(manager)'; }
                (set -eu
                \(check)
                )
                """
            let command = RemoteCommand("cd '\(folder)' && sh -s", input: Array(program.utf8))
            return try await node.run(command) { _ in } == .code(0)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aControllerManagerThatHasSeenNoReadyNodeStartsAgain(_ shell: FakeNode.Shell) async throws {
        #expect(try await !evicts(ready: [3_000, 60], manager: 90_000, shell))
        #expect(try await evicts(ready: [60, 90_000], manager: 3_000, shell), "a node was Ready already")
        #expect(try await evicts(ready: [90_000, 3_000], manager: 60, shell))
    }
}
