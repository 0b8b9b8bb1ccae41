import Testing
import YAML

/// What goes wrong before or while a bare host is set up, on one node that is in no cluster.
@Suite("Failures on a fresh node", .lab, .serialized)
struct FreshNode {
    /// The node.
    static let node = LabNode(5)
    /// A working node that no test has changed yet.
    static let fresh = Task {
        try await node.wipe()
        // Swap is the whole machine's and another test turns it on for a moment: this mask is a header without swap.
        _ = try await node.read(
            "head -n 1 /proc/swaps >/run/swaps && mount --bind /run/swaps /proc/swaps")
    }

    /// The node.
    var node: LabNode { Self.node }

    /// An operator's place of its own for a test, with an inventory of the node alone; without Open edX, which one
    /// node of the lab cannot carry.
    func workstation(
        _ name: String, trusting: Bool = true, _ change: (inout Inventory) -> Void = { _ in }
    ) async throws -> Workstation {
        try await Self.fresh.value
        let site = try Workstation("fresh-" + name)
        try await site.prepare([node], trusting: trusting, change)
        return site
    }

    /// Runs `up` and expects it to fail with an exit code and a line with these words, the node being untouched.
    func expectRefusal(
        _ site: Workstation, code: Int32, line words: String, arguments: [String] = [],
        environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try await node.snapshot()
        let up = try await site.command(["up", "--yes"] + arguments, environment: environment)
            .run(name: "up-refused")
        up.expect(code: code, sourceLocation: sourceLocation)
        up.expect(line: words, sourceLocation: sourceLocation)
        let after = try await node.snapshot()
        #expect(after == before, "the node was changed", sourceLocation: sourceLocation)
    }
}
