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
