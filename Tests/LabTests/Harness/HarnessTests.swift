import Foundation
import Testing

/// What the other tests rely on.
@Suite("The harness of the lab tests", .lab)
struct HarnessTests {
    @Test("a run has its exit code and both streams; one that is signalled says so")
    func runs() async throws {
        let run = try await Command("/bin/sh", ["-c", "cat; echo no >&2; exit 3"], input: "a\nb").run()
        #expect(run.code == 3)
        #expect(run.output == "a\nb")
        #expect(run.messages == "no\n")
        let running = try Command("/bin/sh", ["-c", "echo ready >&2; exec sleep 60"]).start()
        try await running.line("ready", within: .seconds(5)) { $0 == "ready" }
        running.signal(SIGINT)
        #expect(try await running.end(within: .seconds(5)).code == 128 + SIGINT)
    }

    @Test("a run that does not end in time is an error, and so is one that ends without the line waited for")
    func deadlines() async throws {
        await #expect(throws: Running.Overdue.self) {
            try await Command("/bin/sleep", ["60"]).run(within: .milliseconds(100))
        }
        await #expect(throws: Running.Silent.self) {
            try await Command("/bin/true", []).start().line("a word", within: .seconds(5)) { _ in true }
        }
    }

    @Test("a secret among a process's arguments is seen")
    func canary() async throws {
        let canary = Canary(["sung-by-a-test"])
        try await canary.watch {
            let running = try Command("/bin/sh", ["-c", "sleep 60", "sung-by-a-test"]).start()
            try await running.reaches("a sighting", within: .seconds(30)) { !canary.sightings.isEmpty }
        }
    }
}
