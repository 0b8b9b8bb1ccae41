import Foundation
import YAML

/// A difference that is meant, of Tests/Tools/tutor/differences.yml.
struct KnownDifference: Sendable {
    /// A line as the comparison prints it, with `*` for anything.
    let pattern: String
    /// Why it is so.
    let reason: String
    /// The configurations that it is in; empty for any.
    let configurations: [String]
    private let bytes: [UInt8]

    /// Makes one.
    init(pattern: String, reason: String, configurations: [String]) {
        self.pattern = pattern
        self.reason = reason
        self.configurations = configurations
        self.bytes = Array(pattern.utf8)
    }

    /// All that are listed.
    static let all = Result<[KnownDifference], any Error> {
        let file = Tool.folder.appending(path: "tutor/differences.yml")
        let diagnostics = Diagnostics()
        let text = try String(contentsOf: file, encoding: .utf8)
        let node = YAMLParser.document(text, file: file.lastPathComponent, diagnostics: diagnostics)
        guard let groups = node?.items, !diagnostics.hasErrors else { throw InvalidInput(diagnostics.sorted) }
        return groups.flatMap { group in
            (group["differences"]?.items ?? []).map { item in
                KnownDifference(
                    pattern: item.text ?? "", reason: group["because"]?.text ?? "",
                    configurations: (group["in"]?.items ?? []).compactMap(\.text))
            }
        }
    }

    /// Whether a line is this difference, in the configurations that it is in.
    func covers(_ line: String) -> Bool { Self.matches(bytes[...], Array(line.utf8)[...]) }

    /// Whether it can be in a configuration.
    func counts(in configuration: String) -> Bool {
        configurations.isEmpty || configurations.contains(configuration)
    }

    /// Whether a text is like a pattern: from one `*` to the next, the earliest place is as good as any.
    private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        var pattern = pattern, text = text
        var retry: (pattern: ArraySlice<UInt8>, text: ArraySlice<UInt8>)?
        while !text.isEmpty {
            if pattern.first == UInt8(ascii: "*") {
                pattern = pattern.dropFirst()
                retry = (pattern, text)
            } else if pattern.first == text.first {
                pattern = pattern.dropFirst()
                text = text.dropFirst()
            } else if let last = retry {
                retry = (last.pattern, last.text.dropFirst())
                (pattern, text) = (last.pattern, last.text.dropFirst())
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
