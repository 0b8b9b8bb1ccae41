/// Something that is wrong, or doubtful, at a place in a file, and what would be right.
package struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// How bad it is.
    package enum Severity: String, Hashable, Sendable { case warning, error }

    /// How bad it is.
    package let severity: Severity
    /// Where it is; nil when it belongs to no single place.
    package let mark: Mark?
    /// What is wrong.
    package let message: String
    /// What would be right.
    package let cure: String?

    /// Makes a diagnostic.
    package init(_ severity: Severity, at mark: Mark?, _ message: String, cure: String? = nil) {
        self.severity = severity
        self.mark = mark
        self.message = message
        self.cure = cure
    }

    /// `file:line:column: what is wrong; what would be right`, with `warning: ` before what only warns.
    package var description: String {
        let place = mark.map { "\($0): " } ?? ""
        let kind = severity == .warning ? "warning: " : ""
        let end = cure.map { "; \($0)" } ?? ""
        return place + kind + message + end
    }
}

/// Collects what is wrong instead of stopping at the first; handed down through reading and validation.
package final class Diagnostics {
    /// What was found, in the order it was found.
    package private(set) var items: [Diagnostic] = []

    /// Makes an empty collection.
    package init() {}

    /// Adds an error.
    package func error(_ message: String, at mark: Mark?, cure: String? = nil) {
        items.append(Diagnostic(.error, at: mark, message, cure: cure))
    }

    /// Adds a warning.
    package func warning(_ message: String, at mark: Mark?, cure: String? = nil) {
        items.append(Diagnostic(.warning, at: mark, message, cure: cure))
    }

    /// Adds diagnostics found elsewhere.
    package func add(contentsOf more: [Diagnostic]) { items += more }

    /// Whether any of them is an error.
    package var hasErrors: Bool { items.contains { $0.severity == .error } }

    /// All of them by place, each once.
    package var sorted: [Diagnostic] {
        var seen: Set<Diagnostic> = []
        return items.filter { seen.insert($0).inserted }.enumerated().sorted { left, right in
            switch (left.element.mark, right.element.mark) {
            case (let one?, let other?) where one != other: one < other
            case (nil, _?): true
            case (_?, nil): false
            default: left.offset < right.offset
            }
        }.map(\.element)
    }
}

/// Input that cannot be used, with everything that is wrong with it (exit code 65, EX_DATAERR of sysexits.h).
package struct InvalidInput: Error, Sendable {
    /// Everything that is wrong, sorted by place.
    package let diagnostics: [Diagnostic]

    /// Makes the error of what was collected.
    package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
}
