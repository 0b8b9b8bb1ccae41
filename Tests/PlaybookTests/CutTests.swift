import Foundation
import Playbook
import TestSupport
import Testing

/// A connection that breaks in the middle of a run leaves no trace: not in the events, nor in the result, nor on
/// the host, and no apply runs twice.
@Suite struct CutTests {
    static let text = """
        name: Cut
        values: [ROOT]
        steps:
          - name: a fact
            register: FACT
            value: echo 'a complaint' >&2; echo 'and another' >&2; echo one
          - name: right already
            check: echo it is right
            apply: 'false'
          - name: first
            creates: ${ROOT}/first
            apply: |
              echo "first begins" | tee -a "$ROOT/log"
              printf 'no newline'
              touch "$ROOT/first"
              echo "first ends" >>"$ROOT/log"
            notify: reload
          - name: a file
            file: ${ROOT}/file
            content: "${FACT}"
          - name: second
            check: test "$(cat "$ROOT/second" 2>/dev/null)" = two
            apply: echo second >>"$ROOT/log"; echo two >"$ROOT/second"
            uninterruptible: true
            register: SECOND
            value: cat "$ROOT/second"
          - name: not here
            when: 'false'
            check: 'false'
            apply: 'false'
        handlers:
          reload: echo reload >>"$ROOT/log"
        """

    /// What a run leaves and tells.
    struct Trace: Equatable {
        var events: [StepEvent]
        var outcomes: [String]
        var registered: [String: String?]
        var handlers: [String]
        var log: String?
        var file: String?
        var due: [String]
    }

    /// Runs the playbook over a line that is cut.
    static func trace(_ shell: FakeNode.Shell, cuts: [Int]) async throws -> (Trace, bytes: [UInt8]) {
        try await withScratchFolder { root in
            let node = try FakeNode(root: root, shell: shell)
            let bytes = Collected()
            let events = EventList()
            let line = CutLine(node, cuts: cuts)
            var values = Values()
            values["ROOT"] = root
            let settings = Runner.Settings(
                stateFolder: node.path("run"), dueFolder: node.path("due"),
                ledgerFolder: node.path("own/ledger")
            ) {
                error, onLost in
                guard error is LineCut else { throw error }
                onLost("cut")
                return line
            }
            let listened = Listened(line: line, bytes: bytes)
            let tokens = Tokens("mc-cut")
            let result = try await Runner(settings, token: tokens.next).run(
                playbook(Self.text), values: values, mode: .apply, privilege: .none, on: listened,
                onEvent: { events.add($0) })
            let due = try FileManager.default.contentsOfDirectory(atPath: node.path("due"))
            let trace = Trace(
                events: undisturbed(events.all), outcomes: PlaybookTests.outcomes(result),
                registered: ["FACT": result.registered["FACT"], "SECOND": result.registered["SECOND"]],
                handlers: result.handlers, log: node.read("log"), file: node.read("file"), due: due)
            return (trace, Array(bytes.text.utf8))
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aCutAtAnyEventIsNoticedByNobody(shell: FakeNode.Shell) async throws {
        let (whole, bytes) = try await Self.trace(shell, cuts: [])
        #expect(whole.outcomes == ["ok", "ok", "changed", "changed", "changed", "skipped"])
        #expect(whole.log == "first begins\nfirst ends\nsecond\nreload\n")
        // Before, inside and after each line; all of them under dash, every fifth under the others.
        let ends = bytes.indices.filter { bytes[$0] == 10 }
        let places = [0, 1] + ends.flatMap { [$0, $0 + 1, $0 + 9] }.filter { $0 < bytes.count }
        let step = shell == .dash ? 1 : 5
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, place) in stride(from: 0, to: places.count, by: step).map({ places[$0] }).enumerated()
            {
                if index >= 6 { try await group.next() }
                group.addTask {
                    let (cut, _) = try await Self.trace(shell, cuts: [place])
                    #expect(cut == whole, "cut after \(place) of \(bytes.count) bytes")
                }
            }
            try await group.waitForAll()
        }
    }

    @Test(arguments: [[60, 200, 150], [0, 0, 0], [250, 30, 90, 120]])
    func manyCutsInOneRunAreNoticedByNobody(cuts: [Int]) async throws {
        let (whole, _) = try await Self.trace(.dash, cuts: [])
        #expect(try await Self.trace(.dash, cuts: cuts).0 == whole)
    }
}

/// A line that keeps what comes.
private struct Listened: Transport {
    let line: CutLine
    let bytes: Collected

    func run(
        _ command: RemoteCommand, onOutput: @escaping @Sendable (OutputPiece) -> Void
    ) async throws -> CommandEnd {
        try await line.run(command) { piece in
            bytes.add(piece.bytes)
            onOutput(piece)
        }
    }
}
