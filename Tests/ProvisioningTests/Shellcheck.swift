import Foundation
import Testing

/// shellcheck, as `.ci/lint` runs it on files.
enum Shellcheck {
    /// Expects that shellcheck has nothing to say about a script.
    static func expectClean(_ script: String, location: SourceLocation = #_sourceLocation) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["shellcheck", "-"]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(script.utf8))
        try input.fileHandleForWriting.close()
        let told = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(
            process.terminationStatus == 0, "\(String(decoding: told, as: UTF8.self))",
            sourceLocation: location)
    }
}
