import Foundation
import Glibc
import SSH
import Testing

extension SSHTests {
    @Suite struct JumpTests {
        @Test func goesThroughASecondHost() async throws {
            try await Sshd.with { bastion in
                try await Sshd.with { sshd in
                    var settings = sshd.settings
                    settings.jump = [bastion.settings]
                    let session = try await Session.connect(settings)
                    let input = pattern(3_000_000)
                    #expect(try await session.collect(SSHCommand("cat", input: input)).output == input)
                    #expect(try await session.collect(SSHCommand("echo $SSH_CLIENT")).end == .code(0))
                }
            }
        }

        @Test func goesThroughTwoHosts() async throws {
            try await Sshd.with { first in
                try await Sshd.with { second in
                    try await Sshd.with { sshd in
                        var settings = sshd.settings
                        settings.jump = [first.settings, second.settings]
                        let session = try await Session.connect(settings)
                        #expect(try await session.collect(SSHCommand("echo hi")).output == Array("hi\n".utf8))
                    }
                }
            }
        }

        @Test func sharesOneSessionToTheHostOnTheWay() async throws {
            try await Sshd.with(configuration: ["LogLevel VERBOSE"]) { bastion in
                try await Sshd.with { sshd in
                    var settings = sshd.settings
                    settings.jump = [bastion.settings]
                    let logins = {
                        try String(contentsOfFile: bastion.folder + "/sshd.log", encoding: .utf8)
                            .components(separatedBy: "Accepted publickey").count - 1
                    }
                    // All at once, each with more than a window full both ways.
                    try await withThrowingTaskGroup(of: Bool.self) { [settings] group in
                        for number in 0..<12 {
                            group.addTask {
                                let session = try await Session.connect(settings)
                                let input = pattern(2_000_000 + number)
                                return try await session.collect(SSHCommand("cat", input: input)).output
                                    == input
                            }
                        }
                        for try await isSame in group { #expect(isSame) }
                    }
                    #expect(try logins() == 1)
                    // Nobody held it any more, so the next one makes its own.
                    try await poll { bastion.connections == 0 }
                    _ = try await Session.connect(settings)
                    #expect(try logins() == 2)
                }
            }
        }

        @Test func aSlowReaderHoldsNobodyUp() async throws {
            try await Sshd.with { bastion in
                try await Sshd.with { sshd in
                    var settings = sshd.settings
                    settings.jump = [bastion.settings]
                    let slow = try await Session.connect(settings)
                    let quick = try await Session.connect(settings)
                    let count = Locked(0)
                    let isHeld = Locked(true)
                    let run = Task {
                        try await slow.run(SSHCommand("head -c 20000000 /dev/zero")) { _, bytes in
                            while isHeld.with({ $0 }) { usleep(1000) }
                            count.with { $0 += bytes.count }
                        }
                    }
                    let input = pattern(3_000_000)
                    #expect(try await quick.collect(SSHCommand("cat", input: input)).output == input)
                    isHeld.with { $0 = false }
                    #expect(try await run.value == .code(0))
                    #expect(count.with { $0 } == 20_000_000)
                }
            }
        }

        @Test func cancelsOneOfThoseThatWaitForTheHostOnTheWay() async throws {
            let listener = try Listener()
            defer { listener.stop() }
            try await Sshd.with { sshd in
                var settings = sshd.settings
                settings.jump = [listener.settings]
                settings.jump?[0].connectTimeoutSeconds = 600
                settings.jump?[0].run = settings.run
                let tasks = (1...3).map { _ in Task { [settings] in await failure(of: settings) } }
                try await poll { listener.hasCaller }
                for task in tasks { task.cancel() }
                for task in tasks { #expect(await task.value?.kind == .cancelled(commandMayRun: false)) }
            }
        }

        @Test func refusesToGoInACircle() async throws {
            try await Sshd.with { sshd in
                let file = sshd.folder + "/config"
                try "Host a\nProxyJump b\nHost b\nProxyJump c\nHost c\nProxyJump a\n"
                    .write(toFile: file, atomically: true, encoding: .utf8)
                var settings = sshd.settings
                settings.host = "a"
                settings.port = nil
                settings.configurationFiles = [file]
                let error = await failure(of: settings)
                guard case .protocolFailure(let reason) = error?.kind else { throw Unexpected(error) }
                #expect(reason.contains("circle"))
            }
        }

        @Test func tellsWhichHostRefusesToGoOn() async throws {
            try await Sshd.with(configuration: ["AllowTcpForwarding no"]) { bastion in
                try await Sshd.with { sshd in
                    var settings = sshd.settings
                    settings.jump = [bastion.settings]
                    let error = await failure(of: settings)
                    guard case .jumpFailed = error?.kind else { throw Unexpected(error) }
                    #expect(error?.host.hasSuffix(":\(bastion.port)") == true)
                }
            }
        }

        @Test func losesTheTargetWithTheJumpHost() async throws {
            try await Sshd.with { bastion in
                try await Sshd.with { sshd in
                    var settings = sshd.settings
                    settings.jump = [bastion.settings]
                    let session = try await Session.connect(settings)
                    let output = Collected()
                    let run = Task {
                        try await session.run(SSHCommand("echo ready; sleep 60")) { output.add($0, $1) }
                    }
                    try await poll { output.text(.output) == "ready\n" }
                    bastion.killConnections()
                    let error = await #expect(throws: SSHError.self) { _ = try await run.value }
                    guard case .lost = error?.kind else { throw Unexpected(error) }
                }
            }
        }
    }
}
