import Foundation

/// The programs in Tests/Tools that know Tutor.
enum Tool {
    /// The folder of the programs and of their data.
    static let folder = Ironwood.root.appending(path: "Tests/Tools")

    /// A program that did not do what it was asked.
    struct Failure: Error, CustomStringConvertible {
        /// What it said.
        var description: String
    }

    /// Runs a program and returns what it printed.
    static func run(_ command: [String]) async throws -> String {
        let (code, output) = try await Command.run(command, withMessages: false)
        guard code == 0 else { throw Failure(description: "\(command) ended with \(code)") }
        return output
    }

    /// Runs tutor.sh and returns the one line that it printed.
    static func tutor(_ argument: String) async throws -> String {
        try await run(["sh", folder.appending(path: "tutor.sh").path, argument])
            .trimmingCharacters(in: .newlines)
    }
}
