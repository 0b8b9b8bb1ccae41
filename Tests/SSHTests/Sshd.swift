import Foundation
import Glibc
import SSH
import TestSupport

/// A stock sshd on loopback with host key, user key and configuration of its own, and a home folder for the
/// client.
final class Sshd: Sendable {
    let folder: String
    let port: UInt16
    private let process: Child

    private init(_ folder: String, _ port: UInt16, _ process: Child) {
        (self.folder, self.port, self.process) = (folder, port, process)
    }

    /// Runs a body with an sshd, and ends it afterwards with everything that it started.
    ///
    /// - Parameters:
    ///   - configuration: lines that go before the usual ones; `%d` in them is the sshd's folder.
    ///   - prepare: puts files into its folder before it starts.
    ///   - launcher: words that start it, given its folder.
    ///   - body: what is done with it.
    /// - Returns: what the body gives.
    /// - Throws: what the body throws, or what starting throws.
    static func with<Result>(
        configuration: [String] = [], prepare: (String) throws -> Void = { _ in },
        launcher: (String) throws -> [String] = { _ in [] },
        _ body: (Sshd) async throws -> Result
    ) async throws -> Result {
        try await withScratchFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/home/.ssh", withIntermediateDirectories: true)
            try key(folder + "/host_key")
            try key(folder + "/home/.ssh/id_ed25519")
            try FileManager.default.copyItem(
                atPath: folder + "/home/.ssh/id_ed25519.pub", toPath: folder + "/authorized_keys")
            try prepare(folder)
            let sshd = try await start(
                folder, configuration.map { $0.replacingOccurrences(of: "%d", with: folder) },
                try launcher(folder))
            defer { sshd.stop() }
            return try await body(sshd)
        }
    }

    /// Makes a key pair.
    static func key(_ path: String, type: String = "ed25519", passphrase: String = "") throws {
        let name = String(path.split(separator: "/").last ?? "")
        try Child.run("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-C", name, "-f", path)
    }

    /// Settings for this host that accept its key.
    var settings: SSHSettings {
        var settings = SSHSettings(
            host: "127.0.0.1", homeFolder: folder + "/home", localUser: NSUserName(), now: presentMoment)
        settings.port = port
        settings.hostKeyPolicy = .acceptNew
        settings.configurationFiles = []
        return settings
    }

    /// The client's file of known hosts.
    var knownHosts: String { folder + "/home/.ssh/known_hosts" }

    /// The host's public key, as `type base64`.
    var hostKey: String {
        get throws {
            try String(contentsOfFile: folder + "/host_key.pub", encoding: .utf8)
                .split(separator: " ").prefix(2).joined(separator: " ")
        }
    }

    /// Ends the connections that stand now, as a host does that loses its power.
    func killConnections() {
        for child in process.children { kill(child, SIGKILL) }
    }

    /// How many connections stand now.
    var connections: Int { process.children.count }

    private func stop() {
        process.stop()
    }

    private static func start(_ folder: String, _ configuration: [String], _ launcher: [String]) async throws
        -> Sshd
    {
        try FileManager.default.createDirectory(atPath: "/run/sshd", withIntermediateDirectories: true)
        for _ in 0..<20 {
            let port = UInt16.random(in: 20_000...32_000)
            let lines =
                configuration + [
                    // A bash that is started by sshd reads ~/.bashrc, and root's own may do anything.
                    "SetEnv HOME=\(folder)",
                    "Port \(port)", "ListenAddress 127.0.0.1", "HostKey \(folder)/host_key", "PidFile none",
                    "AuthorizedKeysFile \(folder)/authorized_keys", "StrictModes no", "UsePAM no",
                    "MaxStartups 200", "PasswordAuthentication no", "KbdInteractiveAuthentication no",
                ]
            try lines.joined(separator: "\n").write(
                toFile: folder + "/sshd_config", atomically: true, encoding: .utf8)
            let process = try Child(
                launcher + [
                    "/usr/sbin/sshd", "-D", "-f", folder + "/sshd_config", "-E", folder + "/sshd.log",
                ])
            let log = { (try? String(contentsOfFile: folder + "/sshd.log", encoding: .utf8)) ?? "" }
            try await poll { log().contains("Server listening") || !process.isRunning }
            if log().contains("Server listening") { return Sshd(folder, port, process) }
        }
        throw TimedOut()
    }
}

/// Waits until a condition holds, for 10 s at most.
func poll(seconds: Double = 10, _ condition: () throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while try !condition() {
        guard ContinuousClock.now < end else { throw TimedOut() }
        try await Task.sleep(for: .milliseconds(5))
    }
}

struct TimedOut: Error {}

/// Seconds since 1970.
@Sendable func presentMoment() -> UInt64 { UInt64(Date().timeIntervalSince1970) }

extension Session {
    /// Runs a command and collects its two streams.
    func collect(_ command: SSHCommand) async throws -> (end: SSHEnd, output: [UInt8], error: [UInt8]) {
        let all = Collected()
        let end = try await run(command) { all.add($0, $1) }
        return (end, all.bytes(.output), all.bytes(.error))
    }
}

/// Output as it comes.
final class Collected: Sendable {
    private let streams = Locked<[SSHStream: [UInt8]]>([:])

    func add(_ stream: SSHStream, _ bytes: [UInt8]) { streams.with { $0[stream, default: []] += bytes } }
    func bytes(_ stream: SSHStream) -> [UInt8] { streams.with { $0[stream] ?? [] } }
    func text(_ stream: SSHStream) -> String { String(decoding: bytes(stream), as: UTF8.self) }
}

/// Bytes whose order can be checked: the period is a prime that no buffer's size is a multiple of.
func pattern(_ count: Int) -> [UInt8] {
    let period = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) }
    var bytes: [UInt8] = []
    while bytes.count < count { bytes += period }
    return Array(bytes.prefix(count))
}
