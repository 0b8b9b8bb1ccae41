package import Foundation
package import Testing

/// Files that hold what a pure function gave when somebody last looked at it.
package enum Golden {
    /// Expects a text to be that of a golden file; with `UPDATE_GOLDEN=1` in the environment, writes the file instead.
    ///
    /// - Parameters:
    ///   - text: what came out.
    ///   - name: the file in the `Golden` folder beside the test.
    ///   - bundle: `Bundle.module` of the test.
    ///   - test: the test's file, by default the caller's.
    ///   - location: where a difference is reported, by default the caller's place.
    /// - Throws: what reading or writing the file throws.
    package static func expect(
        _ text: String, is name: String, in bundle: Bundle, test: String = #filePath,
        location: SourceLocation = #_sourceLocation
    ) throws {
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            let folder = (test as NSString).deletingLastPathComponent + "/Golden"
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            return
        }
        guard let url = bundle.url(forResource: "Golden/\(name)", withExtension: nil) else {
            Issue.record(
                "there is no golden file \(name): run with UPDATE_GOLDEN=1", sourceLocation: location)
            return
        }
        let wanted = try String(contentsOf: url, encoding: .utf8)
        if text != wanted {
            Attachment.record(text, named: name, sourceLocation: location)
            let lines = zip(
                text.split(separator: "\n", omittingEmptySubsequences: false),
                wanted.split(separator: "\n", omittingEmptySubsequences: false))
            let first = lines.enumerated().first { $0.element.0 != $0.element.1 }
            let difference = first.map { "line \($0.offset + 1): '\($0.element.0)' is not '\($0.element.1)'" }
            Issue.record("\(name) differs: \(difference ?? "one is longer")", sourceLocation: location)
        }
    }
}
