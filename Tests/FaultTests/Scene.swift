import Foundation
import Glibc
import TestSupport

/// A host, a relay on the way to it, and a folder from which the tool plays two playbooks on it.
struct Scene: Sendable {
    /// How a run of the tool ended.
    struct Ended: Sendable {
        /// The exit status; 128 and more for a signal that killed it.
        let status: Int32
        /// The events, each a line of JSON.
        let lines: [String]
        /// Standard error.
        let errors: String
    }

    /// The way to the host.
    let relay: Relay
    /// The host.
    let host: Host
    private let login: Fault.Login
    private let folder: String

    /// Runs a body with a scene.
    static func with<Result>(_ login: Fault.Login, _ body: (Scene) async throws -> Result) async throws
        -> Result
    {
        try await withScratchFolder { folder in
            for name in ["home", "lib", "root", "log", "work"] {
                try FileManager.default.createDirectory(
                    atPath: "\(folder)/\(name)", withIntermediateDirectories: false)
            }
            let host = try await Host.start(folder)
            defer { host.end() }
            let relay = try Relay(to: host.port)
            defer { relay.stop() }
            let scene = Scene(relay: relay, host: host, login: login, folder: folder)
            try scene.prepare()
            return try await body(scene)
        }
    }

    /// Runs the tool to its end.
    ///
    /// - Parameter whileRunning: called with the process and the number of events so far, soon after there are more.
    /// - Returns: how it ended.
    /// - Throws: ``Overdue``, or what `whileRunning` throws.
    func play(_ whileRunning: ((pid_t, Int) async throws -> Void)? = nil) async throws -> Ended {
        let work = folder + "/work"
        let child = try Child(
            [
                "env", "-i", "-C", work, "HOME=\(work)",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                Executable.path, "play", "first.yml", "second.yml", "--output", "json",
                "-e", "ROOT=\(folder)/root", "-e", "LOG=\(folder)/log", "--secret", "WORD=file:word",
            ],
            output: work + "/out", messages: work + "/err")
        let end = ContinuousClock.now + .seconds(180)
        var status = child.end
        var size = 0
        while status == nil {
            if ContinuousClock.now > end {
                child.stop()
                throw Overdue(errors: text("work/err"), lines: text("work/out"))
            }
            var facts = stat()
            if let whileRunning, stat(work + "/out", &facts) == 0, facts.st_size > size {
                size = facts.st_size
                try await whileRunning(child.pid, text("work/out").utf8.count { $0 == 10 })
            }
            // Who wants to come in between two events must look often; twenty of them keep a core busy.
            try await Task.sleep(for: .milliseconds(whileRunning == nil ? 20 : 2))
            status = child.end
        }
        let raw = status ?? 0
        return Ended(
            status: raw & 0x7f == 0 ? raw >> 8 & 0xff : 128 + (raw & 0x7f),
            lines: text("work/out").split(separator: "\n").map(String.init), errors: text("work/err"))
    }

    /// What the host has: each file with type, mode, owner, size and content, and what is to be done yet.
    func listing() throws -> String {
        let command = """
            cd "$0/root"
            find . -printf '%p %y %m %U:%G %l ' \\( -type f -printf '%s ' -exec sha256sum {} \\; -o -printf '\\n' \\) |
                sort
            """
        let output = folder + "/listing"
        _ = try Child(["sh", "-c", command, folder], output: output).wait()
        return (["files:", text("listing"), "remembered:"] + host.remembered).joined(separator: "\n")
    }

    /// The begins and ends of applies, in order.
    var applies: String { text("log/applies") }

    /// The applies that began while another one ran.
    var overlaps: String { text("log/overlaps") }

    /// What a run told, without what a disturbance may add to it, without times and without this scene's own paths.
    func story(_ lines: [String]) -> [String] {
        let added = ["connected", "notConnected", "disconnected", "reconnected", "restarted", "held", "run"]
        return lines.compactMap { line in
            guard !added.contains(where: { line.contains("\"event\":\"\($0)\"") }) else { return nil }
            let bare = line.replacing(folder, with: "FOLDER")
                .replacing(/"(time|run|started)":"[^"]*",?/, with: "")
            return String(bare.replacing(/"(milliseconds|seconds)":[0-9.]*,?/, with: ""))
        }
    }

    private func prepare() throws {
        for (name, text) in Playbooks.texts(for: login) { try write(text, "work/" + name) }
        try write(Playbooks.alone, "log/alone")
        try write("a secret word\n", "work/word")
        try write(
            """
            cluster: fault
            ssh:
              user: \(login == .root ? "root" : "tester")
              key: \(folder)/user_key
              knownHosts: \(folder)/known_hosts
              hostKeys: accept-new
              connectTimeout: 20
            hosts:
              - { name: here, address: 127.0.0.1, role: control-plane, ssh: { port: \(relay.port) } }

            """, "work/inventory.yml")
        for name in ["lock", "applies", "overlaps"] {
            try write("", "log/" + name)
            chmod("\(folder)/log/\(name)", 0o666)
        }
        try write("old", "root/old")
        guard login != .root else { return }
        for name in ["root", "root/old"] { chown("\(folder)/\(name)", 4242, 4242) }
    }

    private func write(_ text: String, _ name: String) throws {
        try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
    }

    private func text(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data(), as: UTF8.self)
    }

    /// A run that did not end in three minutes.
    struct Overdue: Error {
        let errors: String
        let lines: String
    }
}
