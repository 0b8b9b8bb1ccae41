import Foundation
import Testing
import YAML

/// The command `kubeconfig`, with a playbook beside the inventory that makes up what a control plane would say.
@Suite struct KubeconfigTests {
    private static let inventory = """
        cluster: here
        hosts:
          - { name: here, address: 127.0.0.1, role: control-plane, connection: local }

        """

    private static let playbook = """
        name: Kubeconfig
        steps:
          - name: the administrator's kubeconfig
            sudo: false
            register: ADMIN_KUBECONFIG
            value: |
              echo 'clusters: [{ name: c, cluster: { server: "https://192.0.2.1:6443" } }]'
              echo 'users: [{ name: u, user: { token: t } }]'
              echo 'contexts: [{ name: x, context: { cluster: c, user: u } }]'

        """

    private func withCluster(_ body: (Tool) async throws -> Void) async throws {
        try await withTool { tool in
            try tool.write(Self.inventory, to: "inventory.yml")
            try tool.write(Self.playbook, to: "playbooks/kubeconfig.yml")
            try await body(tool)
        }
    }

    @Test func jsonIsJSON() async throws {
        try await withCluster { tool in
            let outcome = try await tool.run(["kubeconfig", "--output", "json"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.hasPrefix("{"))
            #expect(try json(outcome.output)["current-context"]?.text == "here")
        }
    }

    @Test func mergingMakesAFileForItsOwnerAlone() async throws {
        try await withCluster { tool in
            var tool = tool
            tool.environment["KUBECONFIG"] = "own"
            let outcome = try await tool.run(["kubeconfig", "--merge"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output == "own\n")
            let facts = try FileManager.default.attributesOfItem(atPath: tool.folder + "/own")
            #expect(facts[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test(arguments: ["own/config", "../elsewhere"])
    func mergingWritesThroughALinkAndKeepsTheMode(target: String) async throws {
        try await withCluster { tool in
            let link = tool.folder + "/.kube/config"
            let file = URL(filePath: tool.folder + "/.kube").appending(path: target).standardized.path
            try tool.write("", to: ".kube/other")
            try FileManager.default.createDirectory(
                atPath: tool.folder + "/.kube/own", withIntermediateDirectories: true)
            try "users: [{ name: mine, user: {} }]\n".write(toFile: file, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
            let outcome = try await tool.run(["kubeconfig", "--merge"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.errors.contains("mode 0640"))
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
            let facts = try FileManager.default.attributesOfItem(atPath: file)
            #expect(facts[.type] as? FileAttributeType == .typeRegular)
            #expect(facts[.posixPermissions] as? Int == 0o640)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(text.contains("mine") && text.contains("192.0.2.1:6443"))
        }
    }

    @Test func mergingThroughALinkToNothingMakesTheFile() async throws {
        try await withCluster { tool in
            let link = tool.folder + "/.kube/config"
            try tool.write("", to: ".kube/other")
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "new")
            #expect(try await tool.run(["kubeconfig", "--merge"]).status == 0)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "new")
            let facts = try FileManager.default.attributesOfItem(atPath: tool.folder + "/.kube/new")
            #expect(facts[.posixPermissions] as? Int == 0o600)
        }
    }

    /// A link to itself stands for any file that is there and cannot be read, by root neither.
    @Test func aFileThatCannotBeReadIsLeftAlone() async throws {
        try await withCluster { tool in
            let config = tool.folder + "/.kube/config"
            try tool.write("", to: ".kube/other")
            try FileManager.default.createSymbolicLink(atPath: config, withDestinationPath: "config")
            let outcome = try await tool.run(["kubeconfig", "--merge"])
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains(".kube/config: "))
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: config) == "config")
        }
    }
}
