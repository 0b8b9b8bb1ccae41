import Foundation
import Playbook
import TestSupport
import Testing

@testable import Provisioning

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
            return try await Kubectl(transport, .none).run(arguments, input: input)
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
}
