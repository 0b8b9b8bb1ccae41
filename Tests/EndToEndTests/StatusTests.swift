import Foundation
import Testing
import YAML

extension ThisMachine {
    /// The command `status`, with a kubectl beside it that says what a cluster would.
    @Suite struct StatusTests {
        private static let inventory = """
            cluster: here
            hosts:
              - { name: here, address: 127.0.0.1, role: control-plane, connection: local }
              - { name: gone, address: 192.0.2.9, role: worker, connection: local }
            openedx: { edition: ironwood, host: learn.example.edu }

            """

        private static let kubectl = """
            #!/bin/sh
            node() { echo "{metadata: {name: $1}, status: {conditions: [{type: Ready, status: '$2', message: $3}]}}"; }
            workload() {
                echo "{apiVersion: apps/v1, kind: Deployment, metadata: {name: $1}, status: {readyReplicas: $2}, spec: {replicas: 1,"
                echo " template: {spec: {volumes: [{name: data, persistentVolumeClaim: {claimName: $1-data}}]}}}}"
            }
            volume() {
                echo "{metadata: {name: $1}, spec: {claimRef: {namespace: openedx, name: $1}, nodeAffinity: {required:"
                echo " {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [$2]}]}]}}}}"
            }
            case $2 in
                nodes) echo "{items: [$(node here True fine), $(node gone Unknown silent)]}" ;;
                deployments*) echo "{items: [$(workload mysql 0), $(workload memcached 1), $(workload forum 0)]}" ;;
                persistentvolumes) echo "{items: [$(volume mysql-data gone), $(volume memcached-data gone), $(volume forum-data here)]}" ;;
            esac

            """

        @Test func aServiceWhoseVolumeIsOnALostNodeIsNamedWithIt() async throws {
            try await withTool { tool in
                var tool = tool
                try tool.write(Self.inventory, to: "inventory.yml")
                // Written by a child: a program that this process has open for writing cannot be started (ETXTBSY).
                try tool.write(Self.kubectl, to: "kubectl.text")
                let copy = Process()
                copy.executableURL = URL(filePath: "/usr/bin/install")
                copy.arguments = [
                    "-D", "-m", "755", tool.folder + "/kubectl.text", tool.folder + "/bin/kubectl",
                ]
                try copy.run()
                copy.waitUntilExit()
                let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
                tool.environment["PATH"] = "\(tool.folder)/bin:\(path)"
                let outcome = try await tool.run(["status", "--output", "json"])
                #expect(outcome.status == 1, "\(outcome.errors)")
                let items = try json(outcome.output)["items"]?.items ?? []
                let details = items.map { ($0["name"]?.text ?? "", $0["detail"]?.text ?? "") }
                func detail(_ name: String) -> String? { details.first { $0.0.hasSuffix(name) }?.1 }
                #expect(detail("gone") == "not ready: silent, ")
                #expect(
                    detail("mysql")
                        == "0 of 1 ready; the volume of its claim mysql-data is on gone, which is not ready")
                #expect(detail("memcached") == "1 of 1 ready")
                #expect(detail("forum") == "0 of 1 ready")
            }
        }
    }
}
