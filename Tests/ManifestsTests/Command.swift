import Foundation

/// Programs that tests let judge what was rendered.
enum Command {
    /// Runs one by its name, and gives its exit code with what it wrote to both outputs; or to the first alone, where
    /// the person who runs the tests is to see the other.
    ///
    /// It is waited for on a thread of its own: a wait on one of the pool's few would hold up all other tests.
    static func run(
        _ command: [String], withMessages: Bool = true
    ) async throws -> (code: Int32, output: String) {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try wait(for: command, withMessages) })
            }
        }
    }

    private static func wait(
        for command: [String], _ withMessages: Bool
    ) throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        let pipe = Pipe()
        process.standardOutput = pipe
        if withMessages { process.standardError = pipe }
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
