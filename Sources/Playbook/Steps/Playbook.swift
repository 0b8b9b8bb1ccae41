package import YAML

/// Steps that bring one host into a wanted state, in order.
package struct Playbook: Sendable {
    /// What it does, for people.
    package var name: String
    /// Where it stands.
    package var mark: Mark?
    /// The names of the values that it cannot run without.
    package var values: [String]
    /// The steps in order.
    package var steps: [Step]
    /// The path of the playbook that reads what a person would look at when a step fails; nil where that is nothing else
    /// than what the step printed.
    package var evidence: String?
    /// What runs once after the steps if one of them asked for it.
    package var handlers: [Handler]

    /// Makes a playbook; reading one from a file is ``read(_:file:diagnostics:)``.
    package init(
        name: String, mark: Mark? = nil, values: [String] = [], evidence: String? = nil, steps: [Step],
        handlers: [Handler] = []
    ) {
        self.name = name
        self.mark = mark
        self.values = values
        self.evidence = evidence
        self.steps = steps
        self.handlers = handlers
    }

    /// Whether anything in it is root's to do; a playbook of the login user's own steps needs no sudo.
    var needsRoot: Bool { !handlers.isEmpty || !steps.allSatisfy(\.asLoginUser) }
}

/// Shell that runs once, after the last step, if a step that notifies it has changed something.
package struct Handler: Sendable {
    /// Its name, unique in the playbook.
    package var name: String
    /// Where it stands.
    package var mark: Mark?
    /// The shell.
    package var script: String

    /// Makes a handler.
    package init(name: String, mark: Mark? = nil, script: String) {
        self.name = name
        self.mark = mark
        self.script = script
    }
}

/// Whether a playbook is carried out or only looked at.
package enum RunMode: String, Sendable { case plan, apply }
