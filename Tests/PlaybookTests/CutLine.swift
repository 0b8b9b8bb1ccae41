import Playbook
import Synchronization
import TestSupport

/// What a line throws that is cut.
struct LineCut: Error {}

/// A way to a fake node that breaks after so many bytes of output, as often as there are numbers left; the program
/// on the node sees its standard input end and nobody reading, as under an sshd that has lost its client.
final class CutLine: Transport {
    private let node: FakeNode
    private let cuts: Mutex<[Int]>

    /// Makes a line whose first run breaks after the first number of bytes, and so on.
    init(_ node: FakeNode, cuts: [Int]) {
        self.node = node
        self.cuts = Mutex(cuts)
    }

    func run(
        _ command: RemoteCommand, onOutput: @escaping @Sendable (OutputPiece) -> Void
    ) async throws -> CommandEnd {
        guard let count = cuts.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else {
            return try await node.run(command, onOutput: onOutput)
        }
        var behind = command
        behind.line = """
            d=$(mktemp -d "$HOME/line.XXXXXX"); mkfifo "$d/in" "$d/out"
            \(command.line) <"$d/in" >"$d/out" 2>&1 &
            { cat <&3 >"$d/in" & } 3<&0
            c=$!
            dd bs=1 count=\(count) status=none <"$d/out"
            kill "$c"
            rm -r "$d"
            """
        let seen = Collected()
        let end = try await node.run(behind) { piece in
            if piece.stream == .output { seen.add(piece.bytes) }
            onOutput(piece)
        }
        if seen.count >= count { throw LineCut() }
        return end
    }
}

extension Stage {
    /// A runner on this stage that connects again whenever a line is cut.
    func runner(token: String, line: CutLine, onReconnect: @escaping @Sendable () -> Void = {}) -> Runner {
        let settings = Runner.Settings(
            stateFolder: node.path("run"), dueFolder: node.path("due"), ledgerFolder: node.path("own/ledger")
        ) {
            error, onLost in
            guard error is LineCut else { throw error }
            onLost("cut")
            onReconnect()
            return line
        }
        return Runner(settings, token: Tokens(token).next)
    }
}

/// Words of the same length for each attempt, so that a byte's place is the same in every run.
final class Tokens: Sendable {
    private let first: String
    private let count = Mutex(0)

    init(_ first: String) { self.first = first }

    @Sendable func next() -> String {
        let number = count.withLock { count in
            count += 1
            return count
        }
        return "\(first)-\(number)"
    }
}

/// Events as an undisturbed run has them: nothing of connections, and no times.
func undisturbed(_ events: [StepEvent]) -> [StepEvent] {
    events.compactMap { event in
        switch event {
        case .disconnected, .reconnected, .waiting: nil
        case .changed(let step, _): .changed(step: step, milliseconds: 0)
        case .handlerDone(let handler, _): .handlerDone(handler: handler, milliseconds: 0)
        default: event
        }
    }
}
