import Console
import Manifests
import YAML

extension JobStatus {
    /// Whether its last run has failed.
    var hasFailed: Bool { if case .failed = state { true } else { false } }

    /// How far it is, in a word for scripts, and more for a person.
    fileprivate var words: (word: String, more: String) {
        switch state {
        case .done(let moment): ("done", moment.map { "done \($0)" } ?? "done")
        case .running(let how): ("running", how)
        case .failed(let why): ("failed", "failed: \(why)")
        case .changed: ("changed", "was done when it did something else; `mooc-cluster apply` does it")
        case .never: ("never", "was never run; `mooc-cluster apply` does it")
        }
    }

    /// The job for scripts.
    var json: Node {
        var node: Node = [
            "name": .string(name), "object": .string("\(id)"), "state": .string(words.word),
            "isTrue": .bool(words.word == "done"), "detail": .string(words.more),
            "reason": reason?.json ?? .null,
        ]
        if case .done(let moment?) = state { node["done"] = .string(moment) }
        return node
    }

    /// Why it failed and how to go on, for a person; nil when it has not failed.
    var wayOn: String? {
        guard hasFailed else { return nil }
        let known = reason.map { ManifestError.cause(in: $0.log + $0.causes) } ?? []
        let lines = [reason?.words ?? "\(id): \(words.more)"] + known
        return lines.joined(separator: "\n")
            + "\n  mend what is named, then: mooc-cluster openedx jobs run \(name)\n"
    }
}

extension [JobStatus] {
    /// A line for each, for a person; nothing where there are none.
    func table(_ paint: Paint) -> String {
        guard !isEmpty else { return "" }
        var table = Table(["JOB", "STATE"])
        for job in self {
            let color: Paint.Color? =
                switch job.state {
                case .done: .green
                case .failed: .red
                default: .yellow
                }
            table.add([Table.Cell(job.name, color), Table.Cell(job.words.more)])
        }
        return table.text(paint)
    }
}
