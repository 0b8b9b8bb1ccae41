import Foundation
import Playbook
import Synchronization
import TestSupport
import Testing

@testable import Provisioning
@testable import SSH

struct KubectlTests {
    /// Runs the program that ``Kubectl`` sends, with a kubectl that tells what it was given.
    private func run(_ arguments: [String], input: [UInt8], code: Int) async throws -> Kubectl.Output {
        try await withScratchFolder { folder in
            let fake = folder + "/kubectl"
            let script = "#!/bin/sh\nprintf '%s|' \"$@\"\ncat\necho warned >&2\nexit \(code)\n"
            // Written by another process: a file that is open for writing here, in a child of some other test as
            // well, cannot be run ("text file busy").
            let write = RemoteCommand("cat >\(fake); chmod 755 \(fake)", input: Array(script.utf8))
            _ = try await LocalTransport(environment: ["PATH=/usr/bin:/bin"]).run(write) { _ in }
            let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
            let transport = LocalTransport(environment: ["PATH=\(folder):\(path)"])
            return try await Kubectl(over: transport).run(arguments, input: input)
        }
    }

    @Test func argumentsAndInputArriveAsTheyAre() async throws {
        let input = Array("a: $(id) `id` \\ ${HOME}\n".utf8)
        let output = try await run(["apply", "it's", "$HOME", "a b\nc"], input: input, code: 0)
        let text = String(decoding: output.output, as: UTF8.self)
        #expect(text.hasPrefix("apply|it's|$HOME|a b\nc|a: $(id) `id` \\ ${HOME}\n"))
        #expect(output.code == 0)
    }

    @Test func streamsAndCodeAreToldApart() async throws {
        let output = try await run(["get"], input: [], code: 3)
        #expect(output.code == 3)
        #expect(String(decoding: output.error, as: UTF8.self) == "warned\n")
        #expect(!String(decoding: output.output, as: UTF8.self).contains("warned"))
    }

    @Test func largeInputArrivesWhole() async throws {
        let line = Array("0123456789012345678901234567890123456789\n".utf8)
        let input = [UInt8](repeatElement(line, count: 20_000).joined())
        let output = try await run(["apply"], input: input, code: 0)
        #expect(output.output.count >= input.count)
    }

    @Test func aBannerBeforeIsNotOutput() {
        let bytes = Array("Welcome!\n\nmc-1\nbody\nmc-1 0\nwarning\n".utf8)
        let output = Kubectl.output(bytes, token: "mc-1")
        #expect(output.map { String(decoding: $0.output, as: UTF8.self) } == "body")
        #expect(output.map { String(decoding: $0.error, as: UTF8.self) } == "warning\n")
        #expect(Kubectl.output(Array("Welcome!\n\nmc-1\nbo".utf8), token: "mc-1") == nil)
    }

    /// The connection breaks in the middle of an answer, and again in the next: what is told is one whole answer.
    @Test func aBrokenConnectionIsOpenedAnewAndAskedAgain() async throws {
        let opened = Mutex(0)
        let connections = Connections { _ in
            let number = opened.withLock { count in
                count += 1
                return count
            }
            return Breaking(breaks: number < 3)
        }
        let lost = Mutex<[String]>([])
        let kubectl = Kubectl(
            on: Sample.host("c1", "192.0.2.11"), over: connections, .none,
            onLost: { reason in lost.withLock { $0.append(reason) } }, token: { "mc-1" })
        let output = try await kubectl.run(["get", "nodes"])
        #expect(String(decoding: output.output, as: UTF8.self) == "whole")
        #expect(opened.withLock { $0 } == 3)
        #expect(lost.withLock { $0.count } == 2)
    }

    @Test func aProgramThatGivesNoAnswerIsNotAskedAgain() async throws {
        let kubectl = Kubectl(over: Breaking(breaks: false), token: "mc-2")
        await #expect(throws: KubectlLost.self) { try await kubectl.run(["get", "nodes"]) }
    }
}

extension Kubectl {
    /// One over a way that stands.
    init(over transport: any Transport, token: String? = nil) {
        self.init(
            on: Sample.host("c1", "192.0.2.11"), over: Connections { _ in transport }, .none,
            token: { token ?? Runner.randomToken() })
    }
}

/// A connection that answers to the token `mc-1`, or breaks half way through the answer.
private struct Breaking: Transport {
    let breaks: Bool

    func run(
        _ command: RemoteCommand, onOutput: @escaping @Sendable (OutputPiece) -> Void
    ) async throws -> CommandEnd {
        onOutput(OutputPiece(.output, Array("\nmc-1\nwho".utf8)))
        if breaks { throw SSHError(host: "c1", kind: .lost(reason: "it was cut")) }
        onOutput(OutputPiece(.output, Array("le\nmc-1 0\n".utf8)))
        return .code(0)
    }
}
