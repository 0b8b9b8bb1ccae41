import Cryptography
import Inventory
import Playbook
import YAML

/// A snapshot of etcd, as this machine keeps it.
package struct EtcdSnapshot: Sendable {
    /// The file: the database, and at its end the SHA-256 of it.
    package let bytes: [UInt8]

    /// Takes a file that `etcdctl snapshot save` wrote.
    ///
    /// - Throws: ``DamagedSnapshot`` when it is no such file, or not the whole of it.
    package init(_ bytes: [UInt8]) throws(DamagedSnapshot) {
        // the database consists of pages, and etcd looks for the digest by the same rule (snapshot/v3_snapshot.go)
        guard bytes.count > 32, bytes.count % 512 == 32 else {
            throw DamagedSnapshot(reason: "its length is none that a snapshot has")
        }
        guard SHA256.digest(of: Array(bytes.dropLast(32))) == Array(bytes.suffix(32)) else {
            throw DamagedSnapshot(reason: "its checksum is another one")
        }
        self.bytes = bytes
    }

    /// The SHA-256 of the whole file, as `sha256sum` prints it.
    var checksum: String {
        (SHA256.digest(of: bytes) ?? []).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined()
    }
}

/// A file that is no whole snapshot of etcd.
package struct DamagedSnapshot: Error, Sendable, Hashable {
    /// What is wrong with it.
    package let reason: String
}

/// A snapshot that was just taken, and what etcd says of it.
package struct TakenSnapshot: Sendable {
    /// The snapshot.
    package let snapshot: EtcdSnapshot
    /// The control plane that took it.
    package let host: String
    /// The revision that it ends with.
    package let revision: Int
    /// How many keys it has, with all their revisions.
    package let keys: Int
}

extension EtcdCrew {
    /// Takes a snapshot on the first control plane that can, lets etcd's own program check it, and fetches it.
    ///
    /// - Parameter name: a name that no other snapshot has, for the file on the host, where it does not stay.
    /// - Returns: what came of it; and the snapshot, nil when there is none.
    /// - Throws: ``DamagedSnapshot`` when it did not come across whole, `InvalidInput` when a playbook is wrong, or what
    ///   reading a file or fetching throws.
    package func snapshot(named name: String) async throws -> (report: RunReport, taken: TakenSnapshot?) {
        let file = "snapshot-\(name)"
        let (report, values, host) = try await first(EtcdPhases.snapshot, with: ["SNAPSHOT_NAME": file])
        guard report.isDone, let host else { return (report, nil) }
        let path = "/var/lib/mooc-cluster/etcd/\(file)"
        let fetch = Errand(.line("cat \(path) && rm -f \(path)"), asRoot: true)
        let ending = await fetch.run(on: [host], parallel: 1, surroundings)
        let pieces = try ending.first?.get().pieces ?? []
        let snapshot = try EtcdSnapshot(pieces.filter { $0.stream == .output }.flatMap(\.bytes))
        guard snapshot.checksum == values["SNAPSHOT_SHA256"] else {
            throw DamagedSnapshot(reason: "it is not what \(host.name) has sent")
        }
        let status = YAMLParser.document(
            values["SNAPSHOT_STATUS"] ?? "", file: "snapshot status", diagnostics: Diagnostics())
        func number(_ key: String) -> Int { status?[key]?.text.flatMap { Int($0) } ?? 0 }
        return (
            report,
            TakenSnapshot(
                snapshot: snapshot, host: host.name, revision: number("revision"), keys: number("totalKey"))
        )
    }
}
