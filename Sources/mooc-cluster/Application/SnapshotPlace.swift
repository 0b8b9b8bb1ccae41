import Glibc
import Inventory
import Provisioning

/// A new file on this machine for a snapshot of etcd.
struct SnapshotPlace: Sendable {
    /// The file as a person would name it.
    let file: String
    private let path: String
    private let moment: String

    /// Chooses it; nothing is written yet.
    ///
    /// - Parameters:
    ///   - wish: the file; with / at its end the folder; nil is the working folder.
    ///   - cluster: whose snapshot it is.
    ///   - context: what is outside of the process.
    /// - Throws: ``Complaint`` when the file is there already.
    init(_ wish: String?, of cluster: Cluster, _ context: Context) throws {
        moment = timestamp().filter { $0 != "-" && $0 != ":" }
        let name = "\(cluster.name)-etcd-\(moment).db"
        file = wish.map { $0.hasSuffix("/") ? $0 + name : $0 } ?? name
        path = context.path(file)
        guard Files.mode(path) == nil else {
            throw Complaint(.usage, "\(file) is there already; name a new file")
        }
    }

    /// Takes the snapshot and writes it, for its owner alone.
    ///
    /// - Returns: what came of it, of which trouble was said; and the snapshot, nil when there is none.
    /// - Throws: what taking and writing throw.
    func take(
        _ operation: Operation, _ onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> (report: RunReport, taken: TakenSnapshot?) {
        let (report, taken) = try await EtcdCrew(
            operation.site.cluster, operation.surroundings, onEvent: onEvent
        ).snapshot(named: moment)
        operation.sayTrouble(report)
        if let taken {
            try Files.write(bytes: taken.snapshot.bytes, to: path, mode: 0o600) { fsync($0) == 0 }
        }
        return (report, taken)
    }
}

extension TakenSnapshot {
    /// Where it is and what is in it, in a line.
    func words(_ file: String) -> String {
        "\(file): \(Bytes.megabytes(snapshot.bytes.count)), \(keys) keys, revision \(revision), from \(host)"
    }
}
