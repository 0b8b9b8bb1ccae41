import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import SSH
import YAML

/// What an error means for the person and for the exit status: the one table of both.
struct Failure {
    /// How the process ends.
    let status: ExitStatus
    private let lines: [String]
    private let haveTheirOwnPlaces: Bool

    /// Looks an error up.
    init(_ error: any Error) {
        switch error {
        case let error as InvalidInput:
            self.init(.badInput, error.diagnostics.map(\.description), haveTheirOwnPlaces: true)
        case let error as ManifestError: self.init(.failed, error.words)
        case let error as UpkeepError: self.init(.failed, error.words)
        case let error as VolumeMoveError: self.init(.failed, error.words)
        case let error as VolumeResizeError: self.init(.failed, error.words)
        case let error as UnknownName: self.init(.usage, error.words)
        case let error as KubectlLost: self.init(.failed, "kubectl gave no answer: \(error.output)")
        case is SSHError, is PlaybookError:
            let told = Explanation(error)
            self.init(told.status, "\(told.message); \(told.cure)")
        case let error as DamagedSnapshot:
            self.init(.failed, "this is no whole snapshot of etcd: \(error.reason)")
        case let error as UnfitInventory:
            self.init(
                .badInput,
                "nothing can be written into \(error.file) without changing more; write it yourself:\n  "
                    + error.line)
        case is NoControlPlane: self.init(.badInput, "the inventory has no control plane")
        case let error as LockError: self.init(.failed, error.description)
        case let error as UnknownHost:
            let known = error.known.joined(separator: ", ")
            self.init(.usage, "the inventory has no host '\(error.name)'; the hosts are \(known)")
        case let error as Complaint: self.init(error.status, error.text)
        case let error as FileError: self.init(.failed, error.description)
        case let error as NobodyToAsk:
            let cure =
                error.isSecret
                ? "write {file: …}, {env: …} or {command: …} in place of 'prompt'"
                : "give --yes to go on without asking"
            self.init(.usage, "nobody is there to answer \"\(error.question)\"; \(cure)")
        case is CancellationError: self.init(.interrupted, "interrupted")
        default: self.init(.failed, "\(error)")
        }
    }

    private init(_ status: ExitStatus, _ text: String) {
        self.init(status, [text], haveTheirOwnPlaces: false)
    }

    private init(_ status: ExitStatus, _ lines: [String], haveTheirOwnPlaces: Bool) {
        self.status = status
        self.lines = lines
        self.haveTheirOwnPlaces = haveTheirOwnPlaces
    }

    /// What to say of it.
    var text: String { lines.joined(separator: "\n") }

    /// Says it.
    func say(on console: Console) {
        if haveTheirOwnPlaces { console.list(lines, .error) } else { console.say(text, .error) }
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
