/// The parts of a step that are commands.
package enum StepPart: String, Sendable, Hashable {
    /// What says whether the step concerns the host.
    case when
    /// What tells whether the host is right.
    case check
    /// What makes it so.
    case apply
    /// What prints a value to keep.
    case value
    /// What a change calls for, once, after the steps.
    case handler

    /// Whether it is there to change the host.
    package var changes: Bool { self == .apply || self == .handler }
}

extension Step {
    /// A part as the playbook has it: with names of values and never their texts, and in words where the engine does
    /// it itself or where it makes a secret; nil where the step has no such part.
    func command(_ part: StepPart) -> String? {
        let makesSecret = registration?.isSecret == true && (part.changes || part == .value)
        return makesSecret ? script(part).map { _ in "not shown: it makes a secret" } : script(part)
    }

    private func script(_ part: StepPart) -> String? {
        switch part {
        case .when: condition
        case .check: check
        case .apply: apply
        case .value: registration?.script
        case .handler: nil
        }
    }

    private var check: String? {
        switch work {
        case .shell(let shell):
            switch shell.check {
            case .script(let script): script
            case .exists(let path): "test -e \(path.shellWord)"
            }
        case .file(let file) where file.content == nil: "whether \(file.path.words) is away"
        case .file(let file): "whether \(file.path.words) is as it should be"
        case .toml(let toml): "whether \(toml.path.words) has \(toml.words)"
        case .query: nil
        }
    }

    private var apply: String? {
        switch work {
        case .shell(let shell): shell.apply
        case .file(let file) where file.content == nil: "rm -f -- \(file.path.shellWord)"
        case .file(let file): "write \(file.path.words), mode \(file.mode), owner \(file.owner.words)"
        case .toml(let toml): "set in \(toml.path.words): \(toml.words)"
        case .query: nil
        }
    }
}

extension TOMLWork {
    fileprivate var words: String {
        settings.map { $0.key.joined(separator: ".") }.joined(separator: ", ")
    }
}

extension Template {
    /// The text with the names of values in it.
    fileprivate var words: String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .value(let name): "${\(name)}"
            }
        }.joined()
    }
}
