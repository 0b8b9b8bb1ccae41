import Inventory
import Playbook

/// One try to get a cluster's lock: a program on the host that holds it until it is told to let go.
struct LockAttempt: Sendable {
    /// What the program says.
    enum Word: Sendable, Hashable {
        /// It holds the lock now.
        case got
        /// Somebody else holds it.
        case held(LockHolder)
        /// Somebody has taken it away.
        case taken(LockHolder)
        /// The host can keep no lock.
        case impossible(String)
    }

    private let words: AsyncStream<Word>
    private let task: Task<Void, any Error>

    /// Starts the program over a way to the host; `title` says what it does.
    init(
        _ program: String, title: String, token: String, over transport: any Transport, _ privilege: Privilege
    ) {
        let (words, teller) = AsyncStream.makeStream(of: Word.self)
        self.words = words
        let command = RemoteCommand(
            privilege.commandLine, title: title, input: privilege.inputPrefix + Array(program.utf8),
            closesInput: false,
            onCancel: LockProgram.stop)
        task = Task {
            defer { teller.finish() }
            let reader = LockReader(token: token)
            _ = try await transport.run(command) { piece in
                for word in reader.take(piece) { teller.yield(word) }
            }
        }
    }

    /// What the program says next; nil when it is over, or the way to it is.
    func next() async -> Word? {
        for await word in words { return word }
        return nil
    }

    /// Lets go of the lock, and waits until that is so, or until a host that is gone has had its time to answer.
    func end(_ sleep: @escaping @Sendable (Duration) async throws -> Void) async {
        task.cancel()
        // Tasks of their own: whoever lets go is often cancelled itself, and would not wait.
        await Task {
            let (end, teller) = AsyncStream.makeStream(of: Void.self)
            let late = Task {
                try? await sleep(.seconds(5))
                teller.finish()
            }
            Task {
                _ = await task.result
                teller.finish()
            }
            for await _ in end {}
            late.cancel()
        }.value
    }
}
