import SSH
import TestSupport
import Testing

extension SSHTests {
    @Suite struct RunTests {
        @Test func runsACommand() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                let result = try await session.collect(
                    SSHCommand("cat; echo oops >&2; exit 3", input: Array("hi".utf8)))
                #expect(result.end == .code(3))
                #expect(result.output == Array("hi".utf8))
                #expect(result.error == Array("oops\n".utf8))
                #expect(try await session.collect(SSHCommand("true")).end == .code(0))
            }
        }

        @Test func readsBothStreams() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                let line =
                    "head -c 5000000 /dev/zero >&2; head -c 5000000 /dev/zero; head -c 100 /dev/zero >&2"
                let result = try await session.collect(SSHCommand(line))
                #expect(result.output.count == 5_000_000)
                #expect(result.error.count == 5_000_100)
            }
        }

        @Test func writesWhileItReads() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                let input = pattern(20_000_000)
                let result = try await session.collect(SSHCommand("cat", input: input))
                #expect(result.output == input)
            }
        }

        @Test func keepsInputOpen() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                let command = SSHCommand("read a; echo got $a", input: Array("x\n".utf8), closesInput: false)
                #expect(try await session.collect(command).output == Array("got x\n".utf8))
            }
        }

        @Test func doesNotReadInput() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                let input = [UInt8](repeating: 0, count: 8_000_000)
                #expect(try await session.collect(SSHCommand("exit 4", input: input)).end == .code(4))
                #expect(try await session.collect(SSHCommand("echo on")).output == Array("on\n".utf8))
            }
        }

        @Test func namesTheSignal() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                #expect(try await session.collect(SSHCommand("kill -KILL $$")).end == .signal("KILL"))
            }
        }

        @Test func returnsAlthoughADaemonHoldsTheOutput() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                let result = try await session.collect(SSHCommand("sleep 60 & echo $!; exit 5"))
                #expect(result.end == .code(5))
                let pid = String(decoding: result.output, as: UTF8.self).trimmingSuffix(while: \.isNewline)
                _ = try await session.collect(SSHCommand("kill \(pid)"))
            }
        }

        @Test func outputComesInOrder() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                let order = Locked<[SSHStream]>([])
                let line = "for i in 1 2 3; do echo o; sleep 0.05; echo e >&2; sleep 0.05; done"
                _ = try await session.run(SSHCommand(line)) { stream, _ in order.with { $0.append(stream) } }
                #expect(order.with { $0 } == [.output, .error, .output, .error, .output, .error])
            }
        }

        @Test func tellsThatTheHostIsLost() async throws {
            try await Sshd.with { sshd in
                let session = try await Session.connect(sshd.settings)
                let output = Collected()
                let run = Task {
                    try await session.run(SSHCommand("echo here; sleep 60")) { output.add($0, $1) }
                }
                try await poll { !output.bytes(.output).isEmpty }
                sshd.killConnections()
                let error = await #expect(throws: SSHError.self) { _ = try await run.value }
                guard case .lost = error?.kind else { Issue.record("\(String(describing: error))"); return }
                await #expect(throws: SSHError.self) { _ = try await session.collect(SSHCommand("true")) }
            }
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(while isUnwanted: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, isUnwanted(last) { text.removeLast() }
        return text
    }
}
