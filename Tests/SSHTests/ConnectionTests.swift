import Foundation
import Glibc
import SSH
import TestSupport
import Testing

extension SSHTests {
    @Suite struct ConnectionTests {
        @Test func tellsThatNobodyListens() async throws {
            let listener = try Listener()
            let settings = listener.settings
            listener.stop()
            let error = await failure(of: settings)
            guard case .unreachable(let reason, _) = error?.kind else { throw Unexpected(error) }
            #expect(reason.contains("refused"))
        }

        @Test func tellsThatANameIsUnknown() async throws {
            var settings = SSHSettings(
                host: "no-such-host.invalid", homeFolder: "/nonexistent", localUser: "me", now: presentMoment)
            settings.configurationFiles = []
            let error = await failure(of: settings)
            guard case .unreachable(let reason, _) = error?.kind else { throw Unexpected(error) }
            #expect(reason.contains("no-such-host.invalid"))
        }

        @Test func givesUpOnASilentServer() async throws {
            let listener = try Listener()
            defer { listener.stop() }
            var settings = listener.settings
            settings.connectTimeoutSeconds = 0.5
            let clock = ContinuousClock()
            let start = clock.now
            let error = await failure(of: settings)
            guard case .timedOut = error?.kind else { throw Unexpected(error) }
            #expect(clock.now - start < .seconds(3))
        }

        @Test func cancelsConnecting() async throws {
            let listener = try Listener()
            defer { listener.stop() }
            let settings = listener.settings
            let task = Task { await failure(of: settings) }
            try await poll { listener.hasCaller }
            let clock = ContinuousClock()
            let start = clock.now
            task.cancel()
            let error = await task.value
            #expect(error?.kind == .cancelled(commandMayRun: false))
            #expect(clock.now - start < .seconds(5))
        }

        @Test func connectsAHundredAtOnce() async throws {
            // OpenSSH's own limit, which we keep.
            try await Sshd.with(configuration: ["MaxStartups 10:30:100"]) { sshd in
                var settings = sshd.settings
                settings.connectTimeoutSeconds = 90
                let before = try residentKilobytes()
                let sessions = try await withThrowingTaskGroup(of: Session.self) { [settings] group in
                    for _ in 0..<100 { group.addTask { try await Session.connect(settings) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
                    for (index, session) in sessions.enumerated() {
                        group.addTask {
                            (index, try await session.collect(SSHCommand("echo \(index)")).output)
                        }
                    }
                    for try await (index, output) in group { #expect(output == Array("\(index)\n".utf8)) }
                }
                #expect(try (residentKilobytes() - before) / 100 < 2_000)
                let log = try String(contentsOfFile: sshd.folder + "/sshd.log", encoding: .utf8)
                #expect(!log.contains("MaxStartups") && !log.contains("drop connection"))
            }
        }

        @Test func needsSevenRoundTripsWithTheFirstCommand() async throws {
            try await Sshd.with { sshd in
                let relay = try Relay(to: sshd.port)
                defer { relay.stop() }
                // The delay keeps what is sent in one breath together.
                relay.delay(.milliseconds(30))
                var settings = sshd.settings
                settings.port = relay.port
                settings.hostKeyPolicy = .unchecked
                settings.identityFiles = [sshd.folder + "/home/.ssh/id_ed25519"]
                let session = try await Session.connect(settings)
                #expect(try await session.collect(SSHCommand("echo hi")).output == Array("hi\n".utf8))
                // One more is TCP's own, before the relay sees a byte.
                #expect((4...6).contains(relay.roundTrips), "\(relay.roundTrips)")
                await session.close()
            }
        }

        @Test func keepsNoDescriptor() async throws {
            try await Sshd.with { sshd in
                let open = { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
                let before = try open()
                for _ in 1...20 {
                    let session = try await Session.connect(sshd.settings)
                    _ = try await session.collect(SSHCommand("true"))
                }
                var settings = sshd.settings
                settings.hostKeyPolicy = .strict
                settings.knownHostsFiles = [sshd.folder + "/none"]
                for _ in 1...20 { _ = await failure(of: settings) }
                // Others open and close some meanwhile.
                try await poll { try open() < before + 10 }
            }
        }

        @Test func endsCleanlyRightAfterASession() async throws {
            try await Sshd.with { sshd in
                _ = await #expect(processExitsWith: .exitCode(42)) {
                    [folder = sshd.folder as String, port = sshd.port as UInt16] in
                    var settings = SSHSettings(
                        host: "127.0.0.1", homeFolder: folder + "/home", localUser: NSUserName(),
                        now: presentMoment)
                    settings.port = port
                    settings.hostKeyPolicy = .unchecked
                    settings.configurationFiles = []
                    for _ in 0..<8 { _ = try await Session.connect(settings) }
                    exit(SSHThreads.joinAll() ? 42 : 1)
                }
            }
        }

        private func residentKilobytes() throws -> Int {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            return line?.split(separator: " ").compactMap { Int($0) }.first ?? 0
        }
    }
}

/// A server that takes connections and says nothing.
final class Listener: Sendable {
    private let descriptor: Int32
    private let port: UInt16

    init() throws {
        descriptor = socket(
            AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { [descriptor] in
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) + listen(descriptor, 5) + getsockname(descriptor, $0, &size)
            }
        }
        guard status == 0 else { throw TimedOut() }
        port = UInt16(bigEndian: address.sin_port)
    }

    /// Whether somebody has connected and was not asked about before.
    var hasCaller: Bool { take() >= 0 }

    /// The next caller's socket; −1 while there is none.
    func take() -> Int32 { accept(descriptor, nil, nil) }

    /// Settings for this server.
    var settings: SSHSettings {
        var settings = SSHSettings(
            host: "127.0.0.1", homeFolder: "/nonexistent", localUser: "me", now: presentMoment)
        settings.port = port
        settings.configurationFiles = []
        return settings
    }

    func stop() { close(descriptor) }
}
