import Console
import Glibc
import Synchronization
import UnixSignals

/// Ends work on Ctrl-C: the first signal cancels the task, the second leaves at once.
struct Interruption {
    private final class State: Sendable {
        let happened = Mutex(false)
    }

    private let console: Console
    private let signals: UnixSignalsSequence
    private let state = State()

    /// Starts listening; registered when the initializer returns, so that no early signal is missed.
    init(console: Console) async {
        self.console = console
        signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
    }

    /// Whether a signal came.
    var happened: Bool { state.happened.withLock { $0 } }

    /// Runs the work in a task that the first signal cancels.
    func guarding(_ work: @escaping @Sendable () async throws -> ExitStatus) async throws -> ExitStatus {
        let task = Task { try await work() }
        let watcher = Task { [console, signals, state] in
            for await _ in signals {
                let isFirst = state.happened.withLock { happened in
                    defer { happened = true }
                    return !happened
                }
                // Threads that hold SSH sessions may be anywhere now: no exit handler may run beside them.
                guard isFirst else { _exit(ExitStatus.interrupted.rawValue) }
                console.say(
                    "stopping: running steps end, nothing new starts; once more leaves at once", .warning)
                task.cancel()
            }
        }
        defer { watcher.cancel() }
        return try await task.value
    }
}
