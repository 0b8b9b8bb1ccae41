import Synchronization

extension Console {
    /// Runs a body while the hosts are shown live, one line each, and takes the board away at the end.
    ///
    /// Where there is no live terminal, only the body runs, and its messages are the progress.
    package func withBoard<Result: Sendable>(
        hosts: [String], _ body: @Sendable () async throws -> Result
    ) async throws -> Result {
        guard showsBoard else { return try await body() }
        state.withLock { $0.board = Board(hosts: hosts, seconds: time.seconds()) }
        let ticker = Task { [weak self] in
            while let self, !Task.isCancelled {
                tick()
                try await time.sleep(.milliseconds(100))
            }
        }
        defer {
            ticker.cancel()
            state.withLock { state in
                messages.write(state.board?.erase(size: terminal.size()) ?? "")
                state.board = nil
            }
        }
        return try await body()
    }

    /// Changes what the board says of a host; drawn with the next frame.
    ///
    /// The time beside a working host counts from the last change of `text`; `detail` may change as it likes.
    package func update(_ host: String, _ hostState: HostState, _ text: String, detail: String = "") {
        let (text, detail) = (redact(text), redact(detail))
        state.withLock {
            $0.board?.update(host, hostState, text, detail: detail, seconds: time.seconds())
        }
    }

    /// Draws the board as it is now.
    func tick() {
        state.withLock { state in
            guard !state.isAsking else { return }
            messages.write(
                state.board?.frame(size: terminal.size(), paint: messagePaint, seconds: time.seconds()) ?? "")
        }
    }
}
