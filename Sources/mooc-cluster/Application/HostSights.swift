import Inventory
import Playbook
import Provisioning
import YAML

/// What hosts say of themselves that their cluster does not know: certificates, and room on disks.
struct HostSights {
    /// A file system of a host.
    struct Room: Hashable {
        /// Where it is mounted.
        let mount: String
        /// Its size in bytes.
        let size: Int
        /// What is free of it, in bytes.
        let free: Int

        /// For scripts.
        var json: Node { ["mount": .string(mount), "bytes": .int(size), "freeBytes": .int(free)] }
    }

    /// How long the certificate lasts that ends first.
    let certificates: [ClusterStatus.Row]
    private let rooms: [String: [Room]]

    /// Asks control planes for their certificates, and the nodes that are ready for the room on their disks.
    ///
    /// A host that does not answer about its disks says nothing of them.
    ///
    /// - Throws: what looking at certificates throws.
    init(_ operation: Operation, of nodes: [ClusterStatus.Row]) async throws {
        async let rooms = Self.rooms(operation, of: nodes)
        certificates = try await Self.certificates(operation)
        self.rooms = await rooms
    }

    /// The same row with the room of its host.
    func told(_ row: ClusterStatus.Row) -> ClusterStatus.Row {
        guard let rooms = rooms[row.name], !rooms.isEmpty else { return row }
        let words = rooms.map { room in
            let place = rooms.count > 1 ? " on \(room.mount)" : ""
            return "\(Bytes.gigabytes(room.free)) of \(Bytes.gigabytes(room.size)) free\(place)"
        }
        return ClusterStatus.Row(
            name: row.name, isReady: row.isReady,
            detail: ([row.detail] + words).joined(separator: ", "), rooms: rooms)
    }

    /// How long the certificate lasts that ends first, of those that `certs renew` makes anew.
    private static func certificates(_ operation: Operation) async throws -> [ClusterStatus.Row] {
        let crew = CertificateCrew(operation.site.cluster, operation.surroundings) { _ in }
        let (report, certificates) = try await crew.look { $0.role == .controlPlane }
        let first = certificates.filter(\.isRenewed).min { $0.end < $1.end }
        guard report.isDone, let first else {
            return report.isDone
                ? []
                : [ClusterStatus.Row(name: "certificates", isReady: false, detail: "not all were read")]
        }
        let days = first.days(at: operation.surroundings.now() / 1_000_000_000)
        let cure = days < 30 ? "; `mooc-cluster certs renew` makes all of them anew" : ""
        let left = days < 0 ? "has ended" : "\(days) days left"
        return [
            ClusterStatus.Row(
                name: "certificates", isReady: days >= 0,
                detail: "\(left): \(first.name) of \(first.host) ends first\(cure)")
        ]
    }

    /// The file systems that Kubernetes and the volumes of applications are on, by node.
    private static func rooms(
        _ operation: Operation, of nodes: [ClusterStatus.Row]
    ) async -> [String: [Room]] {
        let ready = Set(nodes.filter(\.isReady).map(\.name))
        let asked = operation.site.cluster.hosts.filter { ready.contains("node/\($0.name)") }
        let roots = operation.site.cluster.applications.compactMap { part in
            if case .local(let root, _) = part.storage { root } else { nil }
        }
        let folders =
            ["/", "/var/lib/containerd", "/var/lib/docker", "/var/lib/kubelet", "/var/lib/etcd"] + roots
        // df goes on after a folder that is not there; the header is left out, and a file system that is mounted twice
        let script = """
            LC_ALL=C df -Pk -- "$@" 2>/dev/null | awk 'NR > 1 && !seen[$1, $2, $4]++ { print $2, $4, $6 }'
            """
        let results = await Errand(.words(["sh", "-c", script, "sh"] + folders))
            .run(on: asked, parallel: operation.parallel, operation.surroundings)
        return Dictionary(
            uniqueKeysWithValues: zip(asked, results).map { host, result in
                let pieces = (try? result.get().pieces) ?? []
                let output = pieces.filter { $0.stream == .output }.flatMap(\.bytes)
                return ("node/\(host.name)", rooms(in: String(decoding: output, as: UTF8.self)))
            })
    }

    /// Reads lines of size and free space in KiB, and where the file system is mounted.
    private static func rooms(in text: String) -> [Room] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count == 3, let size = Int(words[0]), let free = Int(words[1]) else { return nil }
            return Room(mount: String(words[2]), size: size * 1024, free: free * 1024)
        }
    }
}
