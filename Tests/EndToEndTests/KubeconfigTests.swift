import Foundation
import TestSupport
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

    static func withCluster(_ body: (Tool) async throws -> Void) async throws {
        try await withTool { tool in
            try tool.write(Self.inventory, to: "inventory.yml")
            try tool.write(Self.playbook, to: "playbooks/kubeconfig.yml")
            try await body(tool)
        }
    }

    @Test func jsonIsJSON() async throws {
        try await Self.withCluster { tool in
            let outcome = try await tool.run(["kubeconfig", "--output", "json"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.hasPrefix("{"))
            #expect(try json(outcome.output)["current-context"]?.text == "here")
        }
    }

    @Test func mergingMakesAFileForItsOwnerAlone() async throws {
        try await Self.withCluster { tool in
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
        try await Self.withCluster { tool in
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
        try await Self.withCluster { tool in
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
        try await Self.withCluster { tool in
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

extension ThisMachine {
    /// The command `kubeconfig --user`, with a kubectl that signs as a cluster would.
    @Suite struct UserKubeconfigTests {
        private static func kubectl(_ folder: String) -> String {
            """
            #!/bin/sh
            set -eu
            cd \(folder)
            echo "$*" >>asked
            case "$1 $2" in
                "get clusterrole") test "$3" = view || { echo "no $3" >&2; exit 1; } ;;
                "create --validate=false")
                    cat >order
                    sed 's/.*"request":"\\([^"]*\\)".*/\\1/' order | base64 -d >request.pem
                    ;;
                "certificate approve")
                    openssl x509 -req -in request.pem -CA ca.crt -CAkey ca.key -days 30 -out signed.pem 2>/dev/null
                    ;;
                "get certificatesigningrequest")
                    echo "{\\"status\\": {\\"certificate\\": \\"$(base64 -w 0 signed.pem)\\"}}"
                    ;;
                "apply --server-side") cat >binding ;;
            esac

            """
        }

        @Test func aUserGetsAKeyThatTheClusterSignedAndARole() async throws {
            try await KubeconfigTests.withCluster { tool in
                var tool = tool
                try tool.useKubectl(Self.kubectl(tool.folder))
                try Child.run(
                    "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-subj", "/CN=authority", "-keyout", "\(tool.folder)/ca.key", "-out",
                    "\(tool.folder)/ca.crt")
                let outcome = try await tool.run([
                    "kubeconfig", "--user", "jane", "--days", "30", "--out", "jane.conf",
                ])
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(outcome.errors.contains("jane has the rights of the ClusterRole view for 30 days"))
                let file = "\(tool.folder)/jane.conf"
                #expect(
                    try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600
                )
                let config = try json(try String(contentsOfFile: file, encoding: .utf8))
                #expect(config["current-context"]?.text == "jane@here")
                #expect(
                    config["clusters"]?.items?.first?["cluster"]?["server"]?.text == "https://192.0.2.1:6443")
                let user = config["users"]?.items?.first?["user"]
                for (key, name) in [("client-certificate-data", "crt"), ("client-key-data", "key")] {
                    let data = try #require(user?[key]?.text.flatMap { Data(base64Encoded: $0) })
                    try data.write(to: URL(filePath: "\(tool.folder)/own.\(name)"))
                }
                // The certificate is jane's, and its key is the one that stands beside it.
                try Child.run(
                    "sh", "-c",
                    """
                    cd \(tool.folder) && openssl x509 -in own.crt -noout -subject | grep -q 'CN *= *jane$' &&
                        test "$(openssl x509 -in own.crt -noout -pubkey)" = "$(openssl pkey -in own.key -pubout)"
                    """)
                let binding = try json(try String(contentsOfFile: "\(tool.folder)/binding", encoding: .utf8))
                #expect(binding["roleRef"]?["name"]?.text == "view")
                #expect(binding["subjects"]?.items?.first?["name"]?.text == "jane")
                let order = try json(try String(contentsOfFile: "\(tool.folder)/order", encoding: .utf8))
                #expect(order["spec"]?["expirationSeconds"]?.text == "2592000")
                let asked = try String(contentsOfFile: "\(tool.folder)/asked", encoding: .utf8)
                #expect(asked.contains("delete certificatesigningrequest mooc-cluster-"))
            }
        }

        @Test func aRoleThatThereIsNotIsRefusedBeforeAnythingIsSigned() async throws {
            try await KubeconfigTests.withCluster { tool in
                var tool = tool
                try tool.useKubectl(Self.kubectl(tool.folder))
                let outcome = try await tool.run(["kubeconfig", "--user", "jane", "--role", "veiw"])
                #expect(outcome.status == 64)
                #expect(outcome.errors.contains("no ClusterRole 'veiw'"))
                #expect(!FileManager.default.fileExists(atPath: "\(tool.folder)/order"))
            }
        }
    }
}
