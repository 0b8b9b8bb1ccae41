import Playbook
import TestSupport
import Testing
import YAML

@testable import Inventory
@testable import Provisioning

/// `controlPlaneEndpoint: node-proxy`: what it makes of phases, of kubeadm's configuration and of files on nodes.
struct NodeProxyTests {
    private static func cluster(planes: Int) -> Cluster {
        var cluster = Sample.cluster(planes: planes, workers: 2)
        cluster.kubernetes.controlPlaneEndpoint = .nodeProxy
        return cluster
    }

    private func playbook(_ name: String) throws -> Playbook {
        let diagnostics = Diagnostics()
        let path = "playbooks/\(name).yml"
        return try #require(Playbook.read(try Sample.file(path), file: path, diagnostics: diagnostics))
    }

    @Test func nodesJoinThroughTheirOwnProxy() throws {
        let cluster = Self.cluster(planes: 3)
        let situation = try Sample.situation(cluster)
        #expect(situation.endpoint == "127.0.0.1:6444")
        let text = KubeadmConfiguration(situation, for: cluster.hosts[0]).initialisation.yamlDocuments()
        #expect(text.contains("controlPlaneEndpoint: \"127.0.0.1:6444\""))
        let values = try PhaseValues(situation: situation, host: cluster.hosts[4], material: nil)
            .values(try playbook("api-proxy").values)
        #expect(
            values["API_SERVERS"] == """
                    server c1 192.0.2.11:6443
                    server c2 192.0.2.12:6443
                    server c3 192.0.2.13:6443
                """)
    }

    @Test(arguments: [true, false])
    func itStandsBeforeAnythingGoesThroughIt(_ isAskedFor: Bool) throws {
        var cluster = Self.cluster(planes: 3)
        if !isAskedFor { cluster.kubernetes.controlPlaneEndpoint = nil }
        let situation = try Sample.situation(cluster)
        let graph = PhaseGraph(Phases.all, cluster) { $0.applies(situation, $1) }
        for item in graph.items where ["control-plane", "join-control-plane", "join"].contains(item.phase.id)
        {
            let needs = item.needs.map { graph.items[$0] }.filter { $0.host.name == item.host.name }
            #expect(needs.map(\.phase.id).contains("api-proxy") == isAskedFor)
        }
    }

    @Test func resetTakesAwayWhatItWrites() throws {
        let reset = try playbook("reset").steps.compactMap { step in
            if case .shell(let shell) = step.work { shell.apply } else { nil }
        }
        let files = try playbook("api-proxy").steps.compactMap { step in
            if case .file(let file) = step.work, case .text(let path) = file.path.parts.first {
                path
            } else {
                nil
            }
        }
        #expect(files.count == 2)
        for file in files {
            let folder = String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
            #expect(
                reset.contains { body in
                    [file, folder].contains {
                        body.contains("rm -f \($0)\n") || body.contains("rm -rf \($0) ")
                    }
                }, "\(file)")
        }
    }

    @Test(arguments: [
        ("https://127.0.0.1:6444", "https://192.0.2.12:6443"),
        ("https://k8s.example.edu:6443", "https://k8s.example.edu:6443"),
    ])
    func aKubeconfigForElsewhereNamesAControlPlane(_ server: String, _ told: String) async throws {
        let step = try #require(try playbook("kubeconfig").steps.first)
        let script = try #require(step.registration?.script)
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder)
            try node.write("clusters:\n- cluster:\n    server: \(server)\n  name: x\n", to: "admin.conf")
            let body = script.replacing("/etc/kubernetes/admin.conf", with: "\(folder)/admin.conf")
            let output = Collected()
            let command = RemoteCommand(
                "HOST_ADDRESS=192.0.2.12 sh -eus", input: Array(body.utf8), closesInput: true)
            let end = try await node.run(command) { output.add($0.bytes) }
            #expect(end == .code(0))
            #expect(output.text == "clusters:\n- cluster:\n    server: \(told)\n  name: x\n")
        }
    }
}
