package import YAML

/// One thing that a host should have: how to tell, and how to make it so.
package struct Step: Sendable {
    /// What is so when the step is right; unique in the playbook.
    package var name: String
    /// Where it stands.
    package var mark: Mark?
    /// Shell that says whether the step concerns this host; nil is always.
    package var condition: String?
    /// What it is about.
    package var work: Work
    /// A value to keep once the step is right.
    package var registration: Registration?
    /// The handler that a change calls for.
    package var notifies: String?
    /// Whether it runs as the user who logged in, not as root.
    package var asLoginUser: Bool
    /// What restarts, or is away, when it changes something, for a plan; nil where nobody notices.
    package var effect: String?
    /// How many seconds a change takes, for a plan; nil where that is a moment.
    package var seconds: Int?
    /// Shell of a plan that prints what a change would fetch, a line ``Forecast/Coming`` each; nil where that is nothing.
    package var brings: String?

    /// Makes a step.
    package init(
        name: String, mark: Mark? = nil, condition: String? = nil, work: Work,
        registration: Registration? = nil, notifies: String? = nil, asLoginUser: Bool = false,
        effect: String? = nil,
        seconds: Int? = nil, brings: String? = nil
    ) {
        self.name = name
        self.mark = mark
        self.condition = condition
        self.work = work
        self.registration = registration
        self.notifies = notifies
        self.asLoginUser = asLoginUser
        self.effect = effect
        self.seconds = seconds
        self.brings = brings
    }
}

/// What a step is about.
package enum Work: Sendable {
    /// Shell that checks and shell that applies.
    case shell(ShellWork)
    /// A file of given content, or none.
    case file(FileWork)
    /// Keys of a TOML file.
    case toml(TOMLWork)
    /// Only a value to read.
    case query

    /// Whether the engine itself writes a file for it.
    var isFile: Bool {
        switch self {
        case .file, .toml: true
        case .shell, .query: false
        }
    }
}

/// Shell that tells whether a host is right, and shell that makes it so.
package struct ShellWork: Sendable {
    /// How to tell.
    package enum Check: Sendable {
        /// Shell that exits with 0.
        case script(String)
        /// Something at a path.
        case exists(Template)
    }

    /// How to tell that it is right.
    package var check: Check
    /// Shell that makes it right.
    package var apply: String
    /// Seconds that `apply` may take.
    package var timeout: Int
    /// How often it is tried again.
    package var retries: Int
    /// Whether nothing may end it before its end.
    package var isUninterruptible: Bool

    /// Makes shell work.
    package init(
        check: Check, apply: String, timeout: Int = 300, retries: Int = 0, isUninterruptible: Bool = false
    ) {
        self.check = check
        self.apply = apply
        self.timeout = timeout
        self.retries = retries
        self.isUninterruptible = isUninterruptible
    }
}

/// A value that a step leaves for later steps and playbooks.
package struct Registration: Sendable {
    /// The value's name.
    package var name: String
    /// Shell whose standard output is the value, trailing newlines cut.
    package var script: String
    /// Whether nobody may see it.
    package var isSecret: Bool

    /// Makes a registration.
    package init(name: String, script: String, isSecret: Bool = false) {
        self.name = name
        self.script = script
        self.isSecret = isSecret
    }
}
