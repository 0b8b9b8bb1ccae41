import Console
import YAML

/// What an error means for the person and for the exit status: the one table of both.
struct Failure {
    /// How the process ends.
    let status: ExitStatus
    /// What to say; nil when there is nothing to say.
    let text: String?

    /// Looks an error up.
    init(_ error: any Error) {
        switch error {
        case let error as InvalidInput: self.init(.badInput, Self.text(of: error.diagnostics))
        case let error as Complaint: self.init(error.status, error.text)
        case let error as FileError: self.init(.failed, error.description)
        case let error as NobodyToAsk:
            self.init(
                .usage, "nobody is there to answer \"\(error.question)\"; give --yes to go on without asking")
        case is CancellationError: self.init(.interrupted, "interrupted")
        default: self.init(.failed, "\(error)")
        }
    }

    private init(_ status: ExitStatus, _ text: String?) {
        self.status = status
        self.text = text
    }

    /// All diagnostics, one a line, and how many they are.
    private static func text(of diagnostics: [Diagnostic]) -> String {
        let count = diagnostics.count { $0.severity == .error }
        let sum = count == 1 ? "1 error" : "\(count) errors"
        return ([sum] + diagnostics.map(\.description)).joined(separator: "\n")
    }
}

/// An error of the commands themselves: its words and exit status.
struct Complaint: Error {
    /// How the process ends.
    let status: ExitStatus
    /// What is wrong, and what would be right.
    let text: String

    /// Makes one.
    init(_ status: ExitStatus, _ text: String) {
        self.status = status
        self.text = text
    }
}
