import Foundation
import Inventory
import Playbook
import Testing
import YAML

@testable import Provisioning

struct PlaybooksTests {
    /// Phases that `up` does not run.
    static let others =
        NodePhases.removal + NodePhases.burial
        + [NodeDrain.Deed.cordon, .uncordon].map { NodePhases.phase(of: $0, to: "") }
        + [EtcdPhases.status, EtcdPhases.snapshot, CertificateCrew.show, CertificateCrew.renew]
        + [NodeCut.cut, NodeCut.restore] + UpgradePhases.all
        + EtcdPhases.restore.filter { $0.id != EtcdPhases.restoreFile.id }
        + [Restoration.look, Restoration.restore]
    /// What reads why a step failed, by the playbooks that name it.
    static let evidence = "playbooks/evidence.yml"
    static let all = Set(
        (Phases.all + [Phases.facts] + others).map(\.playbook)
            + ["playbooks/disk.yml", "playbooks/kube-vip-probe.yml", evidence]
    )
    .sorted()

    private func playbook(_ path: String) throws -> Playbook {
        let diagnostics = Diagnostics()
        let playbook = Playbook.read(try Sample.file(path), file: path, diagnostics: diagnostics)
        #expect(diagnostics.sorted.map(\.description) == [])
        return try #require(playbook)
    }

    @Test(arguments: all)
    func reads(_ path: String) throws { #expect(!(try playbook(path)).steps.isEmpty) }

    @Test(arguments: Phases.all.map(\.id))
    func everyValueIsGiven(_ id: String) throws {
        let phase = try #require(Phases.all.first { $0.id == id })
        let cluster = Sample.cluster(planes: 2)
        let values = PhaseValues(
            situation: try Sample.situation(cluster), host: cluster.hosts[1], material: .planned)
        _ = try values.values(try playbook(phase.playbook).values)
    }

    @Test(arguments: ["playbooks/facts.yml", evidence])
    func whatOnlyLooksTakesNoValuesAndChangesNothing(_ path: String) throws {
        #expect(try playbook(path).values == [])
        for step in try playbook(path).steps {
            guard case .query = step.work else {
                Issue.record("\(step.name) is no query")
                continue
            }
        }
    }

    @Test(arguments: all)
    func passesShellcheck(_ path: String) throws {
        let playbook = try playbook(path)
        var script = "#!/bin/sh\n# shellcheck disable=SC1091,SC2317\n"
        for name in playbook.values { script += "export \(name)=x\n" }
        for step in playbook.steps {
            var bodies = [step.condition, step.brings, step.registration?.script]
            if case .shell(let shell) = step.work {
                bodies.append(shell.apply)
                if case .script(let check) = shell.check { bodies.append(check) }
            }
            for body in bodies.compactMap(\.self) { script += "(\nset -eu\n\(body)\n)\n" }
        }
        try Shellcheck.expectClean(script)
    }

    /// apt's own tries, each after a longer pause, would come on top of these, and the step's on top of both: a mirror
    /// that refuses took 48 s to fail.
    @Test(arguments: all)
    func onlyPatienceTriesADownloadAgain(_ path: String) throws {
        for step in try playbook(path).steps {
            guard case .shell(let shell) = step.work, shell.apply.contains("download-file") else { continue }
            let lines = shell.apply.replacing("\\\n", with: "").split(separator: "\n").filter {
                $0.contains("download-file")
            }
            #expect(
                lines.allSatisfy {
                    $0.contains("mc_patiently tries=3 /usr/lib/apt/apt-helper -o Acquire::Retries=0")
                })
            #expect(shell.retries == 0, "\(step.name)")
        }
    }

    @Test func noSecretIsOnACommandLine() throws {
        // what a secret value's name is followed by in any body: never a program's argument
        let secrets = ["KUBEADM_JOIN_CONFIGURATION", "JOIN_TOKEN", "CERTIFICATE_KEY"]
        for path in Self.all {
            for step in try playbook(path).steps {
                guard case .shell(let shell) = step.work else { continue }
                for name in secrets { #expect(!shell.apply.contains("$" + name), "\(path): \(step.name)") }
            }
        }
    }

    @Test(arguments: [
        (":KUBE-SERVICES - [0:0]", true),
        ("-A INPUT -m comment --comment \"cali:Cz_u1\" -j cali-INPUT", true),
        ("-A FORWARD -m comment --comment \"cali:S93hc\" -m mark --mark 0x10000/0x10000 -j ACCEPT", true),
        ("-A FLANNEL-FWD -s 10.244.0.0/16 -j ACCEPT", true), ("-A INPUT -p tcp --dport 22 -j ACCEPT", false),
        ("-A INPUT -m comment --comment california -j ACCEPT", false), (":DOCKER-USER - [0:0]", false),
    ])
    func resetTakesOnlyRulesOfKubernetes(_ rule: String, _ goes: Bool) throws {
        let steps = try playbook("playbooks/reset.yml").steps
        let step = try #require(steps.first { $0.name == "no rule of Kubernetes is left" })
        guard case .shell(let shell) = step.work, case .script(let check) = shell.check else {
            Issue.record("\(step.name) is no shell step")
            return
        }
        for (body, start) in [(shell.apply, "grep -Ev '"), (check, "grep -Eq '")] {
            let after = try #require(body.firstRange(of: start)).upperBound
            let pattern = try Regex(String(body[after...].prefix { $0 != "'" }))
            #expect(rule.contains(pattern) == goes)
        }
        #expect(!shell.apply.contains(" -F"))
    }

    @Test func resetLeavesHiddenFilesOfPackagesOutOfItsChecks() throws {
        // kubelet and kubernetes-cni of pkgs.k8s.io keep these folders with hidden files
        for step in try playbook("playbooks/reset.yml").steps {
            guard case .shell(let shell) = step.work, case .script(let check) = shell.check else { continue }
            for folder in ["/etc/kubernetes/manifests", "/etc/cni/net.d"] {
                #expect(!check.contains("ls -A \(folder)"), "\(step.name)")
            }
        }
    }
}
