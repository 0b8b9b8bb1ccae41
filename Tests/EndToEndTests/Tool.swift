import Foundation
import TestSupport

/// The built executable, run as a person or a script runs it.
struct Tool {
    /// What a run left.
    struct Outcome {
        /// The exit status; 128 and more for a signal that killed it.
        let status: Int32
        /// Standard output.
        let output: String
        /// Standard error.
        let errors: String
    }

    /// The folder that it runs in; its home folder too.
    let folder: String
    /// Environment variables besides `HOME` and `PATH`.
    var environment: [String: String] = [:]

    /// Runs it to its end; standard input is empty and nothing is a terminal.
    ///
    /// - Parameters:
    ///   - arguments: its arguments.
    ///   - wrapper: the program that starts it, and what that is given before the tool and its arguments.
    ///   - whileRunning: called once it started, with the process and what it has said on standard error so far.
    /// - Returns: how it ended, and what it said.
    /// - Throws: what starting it or `whileRunning` throws.
    func run(
        _ arguments: [String], through wrapper: [String] = [],
        whileRunning: ((Process, () -> String) async throws -> Void)? = nil
    ) async throws -> Outcome {
        let name = "\(folder)/.run-\(UUID().uuidString)"
        defer { for end in ["out", "err"] { try? FileManager.default.removeItem(atPath: "\(name).\(end)") } }
        let process = Process()
        let words = wrapper + [Executable.path] + arguments
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        process.environment = ["HOME": folder, "PATH": path].merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try handle("\(name).out")
        process.standardError = try handle("\(name).err")
        let ended = AsyncStream<Void> { stream in
            process.terminationHandler = { _ in stream.finish() }
        }
        try process.run()
        try await whileRunning?(process) {
            (try? String(contentsOfFile: "\(name).err", encoding: .utf8)) ?? ""
        }
        for await _ in ended {}
        let status = process.terminationStatus
        return Outcome(
            status: process.terminationReason == .exit ? status : 128 + status,
            output: try String(contentsOfFile: "\(name).out", encoding: .utf8),
            errors: try String(contentsOfFile: "\(name).err", encoding: .utf8))
    }

    /// Writes a file into the folder.
    func write(_ text: String, to name: String) throws {
        let url = URL(fileURLWithPath: "\(folder)/\(name)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }

    private func handle(_ path: String) throws -> FileHandle {
        try "".write(toFile: path, atomically: false, encoding: .utf8)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }
}

extension Tool {
    /// The name of a cluster that no other test has: runs that change one on this machine lock it by its name.
    var cluster: String { "test-" + folder.suffix(12).lowercased() }
}

/// Runs a body with the tool in a new empty folder.
func withTool<Result>(_ body: (Tool) async throws -> Result) async throws -> Result {
    try await withScratchFolder { folder in
        let tool = Tool(folder: folder)
        defer { try? FileManager.default.removeItem(atPath: "/run/mooc-cluster/locks/\(tool.cluster).lock") }
        return try await body(tool)
    }
}
