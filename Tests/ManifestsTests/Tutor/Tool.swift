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
    static func run(_ command: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        let output = Pipe()
        // What goes wrong is said to the person who runs the tests.
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(command) ended with \(process.terminationStatus)")
        }
        return text
    }

    /// Runs tutor.sh and returns the one line that it printed.
    static func tutor(_ argument: String) throws -> String {
        try run(["sh", folder.appending(path: "tutor.sh").path, argument])
            .trimmingCharacters(in: .newlines)
    }
}
