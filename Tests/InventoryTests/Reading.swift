import Foundation
import Inventory
import Testing
import YAML

/// What was read and what was said, without the file's name at the start of each line.
struct Reading {
    var cluster: Cluster?
    var problems: [String]
}

/// Where files are that exist, in the tests.
let files: Set<String> = [
    "/home/op/.ssh/id_ed25519", "lab/manifests/cni.yml", "lab/secrets/mysql", "lab/key", "/etc/key",
]

/// Cluster.Surroundings of the tests: Kubernetes 1.20 to 1.37, two editions, a few files.
func surroundings(mode: Int? = 0o600) -> Cluster.Surroundings {
    Cluster.Surroundings(
        home: "/home/op", inventoryMode: mode,
        versions: (20...37).map { .init(minor: "1.\($0)", patch: 4, isFinal: $0 < 34) },
        editions: ["ironwood", "hawthorn"],
        edition: { name in
            name == "ironwood"
                ? .init(
                    images: ["lms", "mysql"], replicas: ["lms", "studio"],
                    claims: ["mongo-data", "mysql-data"],
                    secrets: ["mongo", "mysql", "redis"])
                : nil
        },
        fileMode: { $0 == "lab/open" ? 0o644 : files.contains($0) ? 0o600 : nil })
}

/// Reads an inventory as the file `lab/inventory.yml`.
func reading(_ text: String, mode: Int? = 0o600, in around: Cluster.Surroundings? = nil) -> Reading {
    let diagnostics = Diagnostics()
    let cluster = Cluster.read(
        Array(text.utf8), file: "lab/inventory.yml", in: around ?? surroundings(mode: mode),
        diagnostics: diagnostics)
    let problems = diagnostics.items.map { $0.description.replacing("lab/inventory.yml:", with: "") }
    return Reading(cluster: cluster, problems: problems)
}

/// The text of a file in Golden/.
func golden(_ name: String) throws -> String {
    let url = try #require(Bundle.module.url(forResource: "Golden/" + name, withExtension: nil))
    return try String(contentsOf: url, encoding: .utf8)
}

/// A right inventory with lines added to or put in place of parts of it.
///
/// Its lines: 1 cluster, 2 `hosts:`, 3 and 4 two hosts; `kubernetes` and others follow from line 5 on.
func inventory(
    hosts: [String] = [
        "{ name: master, address: 198.51.100.11, role: control-plane }",
        "{ name: node1, address: 198.51.100.12, role: worker }",
    ], _ more: String = ""
) -> String {
    "cluster: c\nhosts:\n" + hosts.map { "  - \($0)\n" }.joined() + more
}
