import Foundation
import Glibc
import Synchronization
import TestSupport

/// A host of a test's own, with power that can be cut: processes and mounts of its own behind a stock sshd on loopback.
final class Host: Sendable {
    /// Whether this machine lets us make one.
    static let canBeMade: Bool =
        geteuid() == 0
        && (try? Child([
            "unshare", "--mount", "--pid", "--fork", "--mount-proc", "mount", "-t", "tmpfs",
            "tmpfs", "/run",
        ]).wait()) == 0

    /// The port of its sshd.
    let port: UInt16
    private let folder: String
    private let process: Mutex<Child>

    private init(_ folder: String, _ port: UInt16, _ process: Child) {
        (self.folder, self.port) = (folder, port)
        self.process = Mutex(process)
    }

    /// Starts one that keeps its keys in a folder, which ``end()`` must follow.
    static func start(_ folder: String) async throws -> Host {
        for key in ["host_key", "user_key"] {
            try Child.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "\(folder)/\(key)")
        }
        for _ in 0..<20 {
            let port = UInt16.random(in: 20_000...32_000)
            if let process = try await boot(folder, port) { return Host(folder, port, process) }
        }
        throw NeverCame()
    }

    /// Takes its power away and starts it again: all processes are gone, and what was in /run and /tmp.
    func loseItsPower() async throws {
        process.withLock { $0.stop() }
        // The dying sshd may have the port for a moment yet.
        for _ in 0..<20 {
            guard let next = try await Self.boot(folder, port) else { continue }
            return process.withLock { $0 = next }
        }
        throw NeverCame()
    }

    /// Ends it.
    func end() { process.withLock { $0.stop() } }

    /// The processes that run there besides its first one and sshd itself.
    var processes: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/proc")) ?? []
        return names.filter { Int($0) != nil && $0 != "1" }.compactMap { name in
            let line = FileManager.default.contents(atPath: "\(root)/proc/\(name)/cmdline") ?? Data()
            let words = String(decoding: line.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
            return words.isEmpty || words.contains("sshd: /usr/sbin/sshd") ? nil : words
        }
    }

    /// What runs have left for later ones, besides journals and locks.
    var remembered: [String] {
        let names = ["run/mooc-cluster", "tmp/mooc-cluster-tester", "var/lib/mooc-cluster/due"].flatMap {
            place in
            (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(place)")) ?? []
        }
        return names.filter { !$0.hasPrefix("mc-") && !$0.hasPrefix("lock-") }.sorted()
    }

    /// Its files, as this machine sees them.
    private var root: String {
        let first = process.withLock { $0.children.first } ?? 0
        return "/proc/\(first)/root"
    }

    /// Starts it; nil when somebody else has the port.
    private static func boot(_ folder: String, _ port: UInt16) async throws -> Child? {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Tools/host.sh").path
        try? FileManager.default.removeItem(atPath: folder + "/sshd.log")
        let process = try Child(
            [
                "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", script, folder,
                "\(port)",
            ], messages: folder + "/host.log")
        func log() -> String { (try? String(contentsOfFile: folder + "/sshd.log", encoding: .utf8)) ?? "" }
        var hasEnded = false
        try await eventually {
            hasEnded = !process.isRunning
            return hasEnded || log().contains("Server listening")
        }
        return hasEnded ? nil : process
    }
}
