import SSH
import TestSupport
import Testing

extension SSHTests {
    @Suite struct NetworkTests {
        @Test func worksOverASlowLink() async throws {
            try await withRelay { relay, settings in
                relay.delay(.milliseconds(100))
                let session = try await Session.connect(settings)
                let input = pattern(300_000)
                #expect(try await session.collect(SSHCommand("cat", input: input)).output == input)
            }
        }

        @Test func noticesASilentLink() async throws {
            try await withRelay { relay, settings in
                var settings = settings
                settings.silenceLimitSeconds = 0.6
                let session = try await Session.connect(settings)
                let output = Collected()
                let run = Task {
                    try await session.run(SSHCommand("echo here; sleep 60")) { output.add($0, $1) }
                }
                try await poll { output.text(.output) == "here\n" }
                relay.silence(true)
                let error = await #expect(throws: SSHError.self) { _ = try await run.value }
                guard case .lost(let reason) = error?.kind else { throw Unexpected(error) }
                #expect(reason == "no sign of life for 1 s (waiting for the command)")
            }
        }

        @Test func aCommandThatSaysNothingIsNoSilentLink() async throws {
            try await withRelay { relay, settings in
                var settings = settings
                settings.silenceLimitSeconds = 0.3
                let session = try await Session.connect(settings)
                let before = relay.bytes
                // Several times the limit, and each third of it one question with its answer.
                #expect(
                    try await session.collect(SSHCommand("sleep 1.5; echo on")).output == Array("on\n".utf8))
                #expect(relay.bytes - before > 1000)
            }
        }

        /// Answers that are there before anybody waits for them count too.
        @Test func aCommandThatSaysNothingIsNoSilentLinkWithoutAWay() async throws {
            try await Sshd.with { sshd in
                var settings = sshd.settings
                settings.silenceLimitSeconds = 0.6
                try await withThrowingTaskGroup(of: Void.self) { [settings] group in
                    for _ in 0..<24 {
                        group.addTask {
                            let session = try await Session.connect(settings)
                            #expect(try await session.collect(SSHCommand("sleep 4")).end == .code(0))
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }

        @Test func aSilenceThatEndsInTimeDoesNoHarm() async throws {
            try await withRelay { relay, settings in
                let session = try await Session.connect(settings)
                let output = Collected()
                let run = Task {
                    try await session.run(
                        SSHCommand(
                            "echo here; read word; echo $word", closesInput: false,
                            onCancel: Array("on\n".utf8))
                    ) { output.add($0, $1) }
                }
                try await poll { output.text(.output) == "here\n" }
                relay.silence(true)
                run.cancel()
                let before = relay.bytes
                try await Task.sleep(for: .milliseconds(100))
                #expect(relay.bytes == before)
                relay.silence(false)
                #expect(try await run.value == .code(0))
                #expect(output.text(.output) == "here\non\n")
            }
        }

        /// Each place of a connection's life where the link may end.
        @Test(arguments: [1, 10, 500, 1500, 2200, 3000, 4000])
        func aCutLinkIsATypedError(bytes: Int) async throws {
            try await withRelay { relay, settings in
                var settings = settings
                settings.connectTimeoutSeconds = 1
                relay.cut(afterBytes: bytes, forGood: true)
                let error = await #expect(throws: SSHError.self) {
                    let session = try await Session.connect(settings)
                    for _ in 0..<100 { _ = try await session.collect(SSHCommand("echo hi")) }
                }
                guard case .lost = error?.kind else { throw Unexpected(error) }
                relay.cut()
                let session = try await Session.connect(settings)
                #expect(try await session.collect(SSHCommand("echo hi")).output == Array("hi\n".utf8))
            }
        }

        @Test func aLinkThatGoesDownAndComesUp() async throws {
            try await withRelay { relay, settings in
                let session = try await Session.connect(settings)
                let output = Collected()
                let run = Task {
                    try await session.run(SSHCommand("echo here; sleep 60")) { output.add($0, $1) }
                }
                try await poll { output.text(.output) == "here\n" }
                relay.takeDown(true)
                let error = await #expect(throws: SSHError.self) { _ = try await run.value }
                guard case .lost = error?.kind else { throw Unexpected(error) }
                relay.takeDown(false)
                let next = try await Session.connect(settings)
                #expect(try await next.collect(SSHCommand("echo hi")).output == Array("hi\n".utf8))
            }
        }

        @Test func aHostBehindAJumpHostThatFallsSilentIsNoticed() async throws {
            try await Sshd.with { bastion in
                try await withRelay { relay, settings in
                    var settings = settings
                    settings.silenceLimitSeconds = 0.6
                    settings.jump = [bastion.settings]
                    let session = try await Session.connect(settings)
                    let output = Collected()
                    let run = Task {
                        try await session.run(SSHCommand("echo here; sleep 60")) { output.add($0, $1) }
                    }
                    try await poll { output.text(.output) == "here\n" }
                    relay.silence(true)
                    let error = await #expect(throws: SSHError.self) { _ = try await run.value }
                    guard case .lost = error?.kind else { throw Unexpected(error) }
                }
            }
        }

        private func withRelay(_ body: (Relay, SSHSettings) async throws -> Void) async throws {
            try await Sshd.with { sshd in
                let relay = try Relay(to: sshd.port)
                defer { relay.stop() }
                var settings = sshd.settings
                settings.port = relay.port
                try await body(relay, settings)
            }
        }
    }
}
