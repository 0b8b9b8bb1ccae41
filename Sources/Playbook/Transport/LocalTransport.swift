/// Runs commands on this machine, with the same meaning of input, output and cancelling as over SSH.
package struct LocalTransport: Transport {
    private let environment: [String]
    private let onCommand: @Sendable (String) -> Void

    /// Makes a transport.
    ///
    /// - Parameters:
    ///   - environment: `NAME=value` for each variable that commands get; at least `PATH` is wanted.
    ///   - onCommand: called with the title of each command that has one, before it runs.
    package init(environment: [String], onCommand: @escaping @Sendable (String) -> Void = { _ in }) {
        self.environment = environment
        self.onCommand = onCommand
    }

    /// Runs a command line by `/bin/sh -c` in a process group of its own, so that Ctrl-C at the terminal
    /// reaches the tool alone.
    ///
    /// It ends when both outputs are closed, or when it has ended and a process that it left behind, which
    /// holds them open, is silent, as a command over SSH does.
    package func run(
        _ command: RemoteCommand, onOutput: @escaping @Sendable (OutputPiece) -> Void
    ) async throws -> CommandEnd {
        command.title.map(onCommand)
        let process = try LocalProcess.start(command.line, environment: environment)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                BackgroundThread.start {
                    continuation.resume(returning: process.converse(command, onOutput: onOutput))
                }
            }
        } onCancel: {
            process.wake()
        }
    }
}
