import Foundation

/// The processes of this machine, which sees those of its nodes too.
enum Processes {
    /// A process with its arguments.
    struct Entry: Sendable {
        /// Its number on this machine.
        let pid: Int32
        /// Its arguments, a space between two.
        let arguments: String
    }

    /// Every process with its arguments.
    static func all() -> [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { name in
            guard let pid = Int32(name), let bytes = bytes("/proc/\(name)/cmdline"), !bytes.isEmpty else {
                return nil
            }
            return Entry(
                pid: pid, arguments: String(decoding: bytes.map { $0 == 0 ? 32 : $0 }, as: UTF8.self))
        }
    }

    /// Whether a process of one of the nodes has all of these words among its arguments.
    static func run(_ words: [String], on nodes: [LabNode]) -> Bool {
        all().contains { entry in
            words.allSatisfy(entry.arguments.contains) && nodes.contains { lives(entry.pid, in: $0) }
        }
    }

    /// Whether a process belongs to a node, by the control group that the lab puts all of a node's processes in.
    private static func lives(_ pid: Int32, in node: LabNode) -> Bool {
        let groups = String(decoding: bytes("/proc/\(pid)/cgroup") ?? [], as: UTF8.self)
        return groups.contains("moocnode-\(node.name)/")
    }

    /// Reads a file of /proc, whose size is not known before.
    private static func bytes(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var result: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = read(descriptor, &piece, piece.count)
            guard count > 0 else { return result }
            result += piece.prefix(count)
        }
    }
}
