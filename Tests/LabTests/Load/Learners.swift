import Foundation
import Testing

/// Learners who ask the platform at a node's port 80 all the time.
struct Learners: Sendable {
    private let client: Running

    /// What they were answered.
    struct Sum: Sendable, CustomStringConvertible {
        /// The lines of the client: the failures, and how many requests there were.
        let lines: [Substring]

        /// How many requests were not answered with 200.
        var failed: Int { lines.count - 1 }
        var description: String { String(lines.last ?? "") }
    }

    /// So many of them begin; with `reads`, none sends anything.
    init(asking node: LabNode, people: Int = 24, least: Int, reads: Bool = false) throws {
        let program = Lab.here.tree + "/Tests/Lab/load/client.py"
        client = try Command(
            "/usr/bin/env",
            ["python3", program, node.address, String(people), String(least)] + (reads ? ["reads"] : [])
        ).start(name: "learners")
    }

    /// They end, once they have asked for what they were to ask at least.
    func end() async throws -> Sum {
        client.signal(SIGTERM)
        let outcome = try await client.end(within: .seconds(900))
        outcome.attach()
        try outcome.require(code: 0)
        return Sum(lines: outcome.output.split(separator: "\n"))
    }
}
