import Foundation
import Testing

/// One case of the public YAML test suite: a stream, and what it means.
struct SuiteCase: CustomTestStringConvertible, Sendable {
    /// Its name in the suite: `229Q`, or `SM9W/01` where a case has several streams.
    var id: String
    /// What it is about.
    var title: String
    /// The stream.
    var yaml: [UInt8]
    /// What the stream means; nil where it is no YAML, or means nothing that JSON can say.
    var json: String?
    /// Whether the stream is no YAML.
    var isError: Bool

    /// Its name in the suite and what it is about.
    var testDescription: String { "\(id) \(title)" }
}

extension SuiteCase {
    /// What the script that fetches the suite had to say.
    enum Source {
        /// The cases by name.
        case cases([SuiteCase])
        /// Why they cannot be had here.
        case missing(String)
    }

    /// The suite's cases, fetched into the cache the first time.
    static let source: Source = {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Tools/yaml-test-suite.sh")
        do {
            let process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments = [script.path]
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = pipe
            try process.run()
            let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            guard process.terminationStatus == 0, let folder = said.split(separator: "\n").last else {
                return .missing(said)
            }
            return .cases(try read(folder: String(folder)))
        } catch {
            return .missing("\(error)")
        }
    }()

    /// The suite's cases; none where it cannot be had.
    static var all: [SuiteCase] { if case .cases(let cases) = source { cases } else { [] } }

    private static func read(folder: String) throws -> [SuiteCase] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        return try names.filter { $0.hasSuffix("/in.yaml") }.sorted().map { name in
            let id = String(name.dropLast("/in.yaml".count))
            func text(_ file: String) -> String? { try? String(contentsOfFile: file, encoding: .utf8) }
            return SuiteCase(
                id: id, title: text("\(folder)/\(id)/===")?.trimmingCharacters(in: .newlines) ?? "",
                yaml: Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))),
                json: text("\(folder)/\(id)/in.json"),
                isError: FileManager.default.fileExists(atPath: "\(folder)/\(id)/error"))
        }
    }
}
