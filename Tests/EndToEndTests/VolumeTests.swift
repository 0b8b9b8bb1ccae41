import Foundation
import Testing
import YAML

extension ThisMachine {
    /// `volume …` on this machine as the control plane, with a kubectl that is a script.
    @Suite struct VolumeTests {
        /// A claim with a folder of this machine, one on a host that there is not, one on NFS, and a volume whose claim
        /// is gone; and what belongs to somebody else.
        private static let kubectl = #"""
            volume() {
                echo "{kind: PersistentVolume, metadata: {name: $1}, status: {phase: $3}, spec: {capacity: {storage: 5Gi}, $4,"
                echo " claimRef: {namespace: openedx, name: $1}, nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions:"
                echo " [{key: kubernetes.io/hostname, operator: In, values: [$2]}]}]}}}},"
            }
            claim() {
                echo "{kind: PersistentVolumeClaim, metadata: {name: $1, namespace: $2}, status: {phase: Bound}, spec: {volumeName: $1}},"
            }
            pod() {
                echo "{kind: Pod, metadata: {name: $1, namespace: openedx}, status: {phase: $3}, spec: {volumes: [{persistentVolumeClaim: {claimName: $2}}]}},"
            }
            echo "{kind: List, items: ["
            volume mysql-data here Bound "local: {path: '$PWD/data of mysql'}"
            volume mongo-data gone Bound "local: {path: /nowhere}"
            volume devpi-data here Released "local: {path: /nowhere}"
            echo "{kind: PersistentVolume, metadata: {name: edxapp-media}, spec: {capacity: {storage: 9Gi}, nfs: {server: files, path: /srv}}},"
            claim mysql-data openedx; claim mongo-data openedx; claim edxapp-media openedx; claim other others
            pod mysql-0 mysql-data Running; pod old mysql-data Succeeded; pod lms-1 edxapp-media Pending
            echo "]}"
            """#

        @Test func claimsAreListedWithWhatTheNodeSaysOfTheirFolders() async throws {
            try await withKubectl(Self.kubectl) { tool in
                try tool.write(String(repeating: "x", count: 300_000), to: "data of mysql/table")
                let outcome = try await tool.run(["volume", "list", "--output", "json"])
                #expect(outcome.status == 0, "\(outcome.errors)")
                let rows = try json(outcome.output).items ?? []
                #expect(
                    rows.map { $0["claim"]?.text } == [
                        "devpi-data", "edxapp-media", "mongo-data", "mysql-data",
                    ])
                func row(_ claim: String) throws -> Node {
                    try #require(rows.first { $0["claim"]?.text == claim })
                }
                let mysql = try row("mysql-data")
                let used = try #require(mysql["usedBytes"]?.text.flatMap { Int($0) })
                #expect((300_000..<400_000).contains(used))
                #expect(mysql["pods"]?.items?.compactMap(\.text) == ["mysql-0"])
                #expect(mysql["nodes"]?.items?.compactMap(\.text) == ["here"])
                #expect(mysql["size"]?.text == "5Gi" && mysql["phase"]?.text == "Bound")
                #expect(try row("mongo-data")["usedBytes"]?.isNull == true)
                #expect(try row("devpi-data")["phase"]?.text == "Released")
                #expect(try row("edxapp-media")["source"]?.text == "nfs files:/srv")
                let table = try await tool.run(["volume", "list"])
                #expect(table.output.contains("openedx/mysql-data"))
            }
        }

        /// MySQL's volume of Ironwood, a folder of this machine, that is said to have 64Mi.
        private static let small = #"""
            volume="{kind: PersistentVolume, apiVersion: v1, metadata: {name: mysql-data}, spec: {capacity: {storage: 64Mi}, local: {path: '$PWD'},"
            volume="$volume nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [here]}]}]}}}}"
            claim="{kind: PersistentVolumeClaim, apiVersion: v1, metadata: {name: mysql-data, namespace: openedx}, status: {phase: Bound},"
            claim="$claim spec: {volumeName: mysql-data, resources: {requests: {storage: 64Mi}}}}"
            [ "$1" != apply ] || { echo "$*" >>applied; cat >>applied; }
            echo "{kind: List, items: [$volume, $claim]}"
            """#

        @Test func aFolderIsSaidToHaveMoreWhereTheNodeHasTheRoom() async throws {
            try await withKubectl(Self.small) { tool in
                let inventory = try String(contentsOfFile: "\(tool.folder)/inventory.yml", encoding: .utf8)
                func resize(to size: String, _ words: String...) async throws -> Tool.Outcome {
                    try tool.write(
                        inventory.replacing(
                            "host: learn", with: "volumeSizes: { mysql-data: \(size) }, host: learn"),
                        to: "inventory.yml")
                    return try await tool.run(["volume", "resize", "mysql-data", size] + words)
                }
                let large = try await resize(to: "9999Ti", "--yes")
                #expect(large.status == 1)
                #expect(large.errors.contains("Mi are free there"), "\(large.errors)")
                let smaller = try await resize(to: "32Mi", "--yes")
                #expect(smaller.status == 1 && smaller.errors.contains("do not shrink"), "\(smaller.errors)")
                let plan = try await resize(to: "65Mi", "--plan")
                #expect(plan.status == 2 && plan.errors.contains("enforces no size"), "\(plan.errors)")
                #expect(plan.output.contains("65Mi is wanted"), "\(plan.output)")
                #expect(!FileManager.default.fileExists(atPath: "\(tool.folder)/applied"))
                let done = try await resize(to: "65Mi", "--yes")
                #expect(done.status == 0, "\(done.errors)")
                #expect(done.output == "mysql-data has 65Mi now\n")
                #expect(done.errors.contains("enforces no size"), "\(done.errors)")
                let applied = try String(contentsOfFile: "\(tool.folder)/applied", encoding: .utf8)
                #expect(applied.contains("65Mi") && !applied.contains("PersistentVolumeClaim"))
                let again = try await resize(to: "64Mi")
                #expect(again.status == 0 && again.output.contains("already"), "\(again.errors)")
            }
        }
    }
}
