import Foundation
import Playbook
import TestSupport
import Testing

/// What every transport has to keep to.
@Suite struct LocalTransportTests {
    private let transport = LocalTransport(environment: ["PATH=/usr/bin:/bin", "NAME=value"])

    private func run(_ command: RemoteCommand) async throws -> (
        end: CommandEnd, output: String, error: String
    ) {
        let output = Collected()
        let error = Collected()
        let end = try await transport.run(command) { piece in
            switch piece.stream {
            case .output: output.add(piece.bytes)
            case .error: error.add(piece.bytes)
            }
        }
        return (end, output.text, error.text)
    }

    @Test func bothStreamsAndTheExitCodeCome() async throws {
        let result = try await run(RemoteCommand("printf out; printf err >&2; exit 7"))
        #expect(result == (.code(7), "out", "err"))
    }

    @Test func aSignalIsAnEndToo() async throws {
        #expect(try await run(RemoteCommand("kill -9 $$")).end == .signal)
    }

    @Test func theEnvironmentIsTheOneGiven() async throws {
        #expect(try await run(RemoteCommand("echo $NAME ${HOME:-none}")).output == "value none\n")
    }

    @Test func muchGoesBothWaysAtOnce() async throws {
        let input = [UInt8]((0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let output = Collected()
        let end = try await transport.run(RemoteCommand("cat; cat /dev/null", input: input)) {
            output.add($0.bytes)
        }
        #expect(end == .code(0))
        #expect(output.count == input.count)
    }

    @Test func muchComesOnBothStreams() async throws {
        let result = try await run(RemoteCommand("head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero"))
        #expect(result.output.utf8.count == 3_000_000)
        #expect(result.error.utf8.count == 3_000_000)
    }

    @Test func inputThatNobodyReadsIsNoError() async throws {
        let input = [UInt8](repeating: 1, count: 3_000_000)
        #expect(try await run(RemoteCommand("exit 3", input: input)).end == .code(3))
    }

    @Test func inputStaysOpenUntilTheEnd() async throws {
        let result = try await run(
            RemoteCommand(
                "read -r a; echo $a; timeout 0.3 cat; echo $?",
                input: Array("one\n".utf8), closesInput: false))
        #expect(result.output == "one\n124\n")
    }

    @Test func cancellingSaysWhatItIsToldToSay() async throws {
        let seen = Collected()
        let transport = transport
        let task = Task {
            try await transport.run(
                RemoteCommand(
                    "echo ready; read -r word; echo \"got $word\"; exit 5", closesInput: false,
                    onCancel: Array("stop\n".utf8))
            ) { seen.add($0.bytes) }
        }
        try await eventually { seen.text == "ready\n" }
        task.cancel()
        let end = try await task.value
        #expect(end == .code(5))
        #expect(seen.text == "ready\ngot stop\n")
    }

    @Test func cancellingWithoutWordsEndsTheWholeGroup() async throws {
        let seen = Collected()
        let transport = transport
        let task = Task {
            try await transport.run(RemoteCommand("echo ready; sleep 4023; echo more")) { seen.add($0.bytes) }
        }
        try await eventually { seen.text == "ready\n" }
        task.cancel()
        let end = try await task.value
        #expect(end == .signal)
        #expect(seen.text == "ready\n")
    }

    @Test func manyRunAtOnce() async throws {
        let transport = transport
        try await withThrowingTaskGroup(of: CommandEnd.self) { group in
            for number in 0..<60 {
                group.addTask {
                    try await transport.run(RemoteCommand("cat >/dev/null; exit \(number)")) { _ in }
                }
            }
            var codes: Set<CommandEnd> = []
            for try await end in group { codes.insert(end) }
            #expect(codes.count == 60)
        }
    }

    @Test func noDescriptorIsLeft() async {
        // In a process of its own: the other tests' descriptors come and go.
        await #expect(processExitsWith: .success) {
            let descriptors = { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
            let transport = LocalTransport(environment: [])
            _ = try await transport.run(RemoteCommand("true")) { _ in }
            let before = try descriptors()
            for _ in 0..<20 { _ = try await transport.run(RemoteCommand("true")) { _ in } }
            // One that is being closed counts for a moment yet.
            try await eventually { try descriptors() <= before }
        }
    }
}
