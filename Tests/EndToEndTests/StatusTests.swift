import Foundation
import TestSupport
import Testing
import YAML

extension ThisMachine {
    /// The command `status`, with a kubectl beside it that says what a cluster would.
    @Suite struct StatusTests {
        private static let inventory = """
            cluster: here
            hosts:
              - { name: here, address: 127.0.0.1, role: control-plane, connection: local, labels: { rack: a, row: b } }
              - { name: gone, address: 192.0.2.9, role: worker, connection: local }
            openedx: { edition: ironwood, host: learn.example.edu }

            """

        private static let kubectl = """
            #!/bin/sh
            node() {
                echo "{metadata: {name: $1, labels: {rack: a, row: c, node-role.kubernetes.io/$4: ''}}, status: {conditions:"
                echo " [{type: Ready, status: '$2', message: $3}]}}"
            }
            workload() {
                echo "{apiVersion: apps/v1, kind: Deployment, metadata: {name: $1}, status: {readyReplicas: $2}, spec: {replicas: 1,"
                echo " template: {spec: {volumes: [{name: data, persistentVolumeClaim: {claimName: $1-data}}]}}}}"
            }
            volume() {
                echo "{metadata: {name: $1}, spec: {claimRef: {namespace: openedx, name: $1}, nodeAffinity: {required:"
                echo " {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [$2]}]}]}}}}"
            }
            pod() {
                echo "{metadata: {name: $1, namespace: openedx}, status: {phase: $2, conditions: [{type: Ready, status: '$3'},"
                echo " {type: PodScheduled, status: '$3', message: $4}]}}"
            }
            case $2 in
                nodes) echo "{items: [$(node here True fine control-plane), $(node gone Unknown silent worker)]}" ;;
                deployments*) echo "{items: [$(workload mysql 0), $(workload memcached 1), $(workload forum 0)]}" ;;
                persistentvolumes) echo "{items: [$(volume mysql-data gone), $(volume memcached-data gone), $(volume forum-data here)]}" ;;
                pods) echo "{items: [$(pod lms-1 Pending False 'ports are taken'), $(pod done-1 Succeeded False over), $(pod mysql-0 Running True fine)]}" ;;
            esac

            """

        @Test func aServiceWhoseVolumeIsOnALostNodeIsNamedWithIt() async throws {
            try await withTool { tool in
                var tool = tool
                try tool.write(Self.inventory, to: "inventory.yml")
                try tool.useKubectl(Self.kubectl)
                let outcome = try await tool.run(["status", "--output", "json"])
                #expect(outcome.status == 1, "\(outcome.errors)")
                let items = try json(outcome.output)["items"]?.items ?? []
                let details = items.map { ($0["name"]?.text ?? "", $0["detail"]?.text ?? "") }
                func detail(_ name: String) -> String? { details.first { $0.0.hasSuffix(name) }?.1 }
                #expect(detail("gone") == "not ready: silent, worker")
                let here = try #require(items.first { $0["name"]?.text == "node/here" })
                let disk = try #require(here["disks"]?.items?.first)
                #expect(disk["mount"]?.text == "/")
                let sizes = ["freeBytes", "bytes"].compactMap { disk[$0]?.text.flatMap { Int($0) } }
                #expect(sizes.count == 2 && sizes[0] > 0 && sizes[0] < sizes[1])
                let words = "ready, control-plane, not as in the inventory: label row=b, "
                #expect(
                    detail("here")?.hasPrefix(words) == true && detail("here")?.contains(" GB free") == true)
                #expect(detail("openedx/lms-1") == "Pending: no node takes it: ports are taken")
                #expect(details.filter { $0.0.hasPrefix("pod/") }.count == 1)
                #expect(
                    detail("mysql")
                        == "0 of 1 ready; the volume of its claim mysql-data is on gone, which is not ready")
                #expect(detail("memcached") == "1 of 1 ready")
                #expect(detail("forum") == "0 of 1 ready")
            }
        }

        /// Each look that differs from the one before is told, and one that fails ends nothing.
        @Test func aWatchTellsEachChange() async throws {
            try await withTool { tool in
                var tool = tool
                try tool.write(Self.inventory, to: "inventory.yml")
                let folder = tool.folder
                try tool.useKubectl(
                    """
                    #!/bin/sh
                    test ! -e \(folder)/silent || { echo 'no route to it' >&2; exit 1; }
                    case $2 in
                        nodes) echo "{items: [{metadata: {name: here}, status: {conditions: [{type: Ready, status: 'True'}]}}]}" ;;
                        *) echo '{items: []}' ;;
                    esac

                    """)
                let outcome = try await tool.run(["status", "--watch", "--output", "json"]) { process, _ in
                    try await Self.wait(for: 1, lines: folder)
                    try tool.write("", to: "silent")
                    try await Self.wait(for: 2, lines: folder)
                    try FileManager.default.removeItem(atPath: "\(folder)/silent")
                    try await Self.wait(for: 3, lines: folder)
                    process.interrupt()
                }
                #expect(outcome.status == 130)
                let looks = try outcome.output.split(separator: "\n").map { try json(String($0)) }
                #expect(looks.count == 3)
                #expect(looks.map { $0["error"] != nil } == [false, true, false])
                #expect(looks.first?.json() == looks.last?.json())
            }
        }

        /// Waits until the tool has written so many lines.
        private static func wait(for count: Int, lines folder: String) async throws {
            try await eventually {
                let names = try FileManager.default.contentsOfDirectory(atPath: folder)
                guard let name = names.first(where: { $0.hasPrefix(".run-") && $0.hasSuffix(".out") }) else {
                    return false
                }
                let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
                return text.split(separator: "\n").count >= count
            }
        }
    }
}

extension Tool {
    /// Puts a program beside the tool that says what a cluster would when kubectl is run.
    mutating func useKubectl(_ text: String) throws {
        // Written by a child: a program that this process has open for writing cannot be started (ETXTBSY).
        try write(text, to: "kubectl.text")
        try Child.run("install", "-D", "-m", "755", "\(folder)/kubectl.text", "\(folder)/bin/kubectl")
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        environment["PATH"] = "\(folder)/bin:\(path)"
    }
}
