import Console
import Glibc
import Synchronization
import UnixSignals

/// Ends work on Ctrl-C and at its deadline: the first signal cancels the task, the second leaves at once.
struct Interruption {
    /// What ended the work before its time.
    enum Cause: Sendable { case signal, deadline }

    private final class State: Sendable {
        let cause = Mutex<Cause?>(nil)

        /// Remembers a cause; false when there is one already.
        func take(_ cause: Cause) -> Bool {
            self.cause.withLock { known in
                defer { known = known ?? cause }
                return known == nil
            }
        }
    }

    private let context: Context
    private let signals: UnixSignalsSequence
    private let state = State()

    /// Starts listening; registered when the initializer returns, so that no early signal is missed.
    init(_ context: Context) async {
        self.context = context
        signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup)
    }

    /// What ended the work before its time; nil when nothing did.
    var cause: Cause? { state.cause.withLock { $0 } }

    /// Runs the work in a task that the first signal cancels, and so does the deadline.
    func guarding(
        deadline: TimeSpan?, _ work: @escaping @Sendable () async throws -> ExitStatus
    ) async throws -> ExitStatus {
        let task = Task { try await work() }
        let console = context.console
        let watcher = Task { [signals, state] in
            for await _ in signals {
                // Threads that hold SSH sessions may be anywhere now: no exit handler may run beside them.
                guard state.take(.signal) else {
                    console.restoreTerminal()
                    _exit(ExitStatus.interrupted.code)
                }
                console.say(
                    "stopping: nothing new starts, steps that must not be cut are waited for; once more leaves at once",
                    .warning)
                task.cancel()
            }
        }
        let timer = Task { [context, state] in
            guard let deadline else { return }
            try await context.time.sleep(.seconds(deadline.seconds))
            let spent = Timekeeper.text(seconds: Double(deadline.seconds))
            guard state.take(.deadline) else { return }
            let doings = context.doings.words(at: context.time.seconds()).map { "\n\($0)" }.joined()
            console.say(
                "the deadline of \(spent) is over: nothing new starts, steps that must not be cut are waited for"
                    + (doings.isEmpty ? "" : "; waited for:\(doings)"), .error)
            task.cancel()
        }
        defer {
            watcher.cancel()
            timer.cancel()
        }
        return try await task.value
    }
}
