package import YAML

extension Playbook {
    /// Reads a playbook, and says everything that is wrong with it.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - file: its name for messages.
    ///   - diagnostics: where errors go.
    /// - Returns: the playbook, or nil if it cannot be used.
    package static func read(_ bytes: [UInt8], file: String, diagnostics: Diagnostics) -> Playbook? {
        let own = Diagnostics()
        defer { diagnostics.add(contentsOf: own.items) }
        guard let node = YAMLParser.document(bytes, file: file, diagnostics: own) else { return nil }
        let playbook = PlaybookReader(diagnostics: own).read(node)
        return own.hasErrors ? nil : playbook
    }
}

/// Reads playbooks from their nodes.
struct PlaybookReader {
    /// Where errors go.
    let diagnostics: Diagnostics

    /// Reads a playbook; what is wrong with a part leaves that part out.
    func read(_ node: Node) -> Playbook? {
        guard var reader = MappingReader(node, what: "the playbook", diagnostics: diagnostics) else {
            return nil
        }
        let name = reader.requiredString("name") ?? ""
        let values = readValues(&reader)
        let evidence = reader.string("evidence")
        let handlers = readHandlers(&reader)
        let nodes = reader.requiredSequence("steps") ?? []
        reader.finish()
        let stepReader = StepReader(diagnostics: diagnostics)
        let steps = nodes.compactMap { stepReader.read($0) }
        checkNames(steps)
        checkValues(steps, declared: values)
        checkHandlers(steps, handlers)
        return Playbook(
            name: name, mark: node.mark, values: values, evidence: evidence, steps: steps, handlers: handlers)
    }

    private func readValues(_ reader: inout MappingReader) -> [String] {
        guard let nodes = reader.sequence("values") else { return [] }
        var names: [String] = []
        for (node, name) in zip(nodes, reader.strings("values") ?? []) {
            if !ValueName.isValid(name) {
                diagnostics.error(
                    "'\(name)' cannot be the name of a value", at: node.mark,
                    cure: "write upper case letters, digits and '_', and no name that the shell needs itself")
            } else if names.contains(name) {
                diagnostics.error("the value \(name) is named twice", at: node.mark)
            } else {
                names.append(name)
            }
        }
        return names
    }

    private func readHandlers(_ reader: inout MappingReader) -> [Handler] {
        guard let node = reader.value("handlers"),
            var scripts = MappingReader(node, what: "'handlers'", diagnostics: diagnostics)
        else { return [] }
        return (node.entries ?? []).compactMap { entry in
            scripts.requiredString(entry.key).map {
                Handler(name: entry.key, mark: entry.keyMark, script: $0)
            }
        }
    }

    private func checkNames(_ steps: [Step]) {
        var seen: [String: Mark?] = [:]
        for step in steps {
            if let first = seen[step.name] {
                diagnostics.error(
                    "two steps have the name '\(step.name)'", at: step.mark,
                    cure: "name this one otherwise" + (first.map { "; the first is at \($0)" } ?? ""))
            }
            seen[step.name] = step.mark
        }
    }

    private func checkValues(_ steps: [Step], declared: [String]) {
        var known = declared
        for step in steps {
            for name in step.templateNames where !known.contains(name) {
                let near = Suggestion.nearest(to: name, among: known)
                diagnostics.error(
                    "the step '\(step.name)' uses ${\(name)}, which nothing gives", at: step.mark,
                    cure: near.map { "did you mean ${\($0)}?" }
                        ?? "add \(name) to the playbook's 'values', or write $${ for a literal ${")
            }
            if let registration = step.registration { known.append(registration.name) }
        }
    }

    private func checkHandlers(_ steps: [Step], _ handlers: [Handler]) {
        let names = handlers.map(\.name)
        for step in steps {
            guard let wanted = step.notifies, !names.contains(wanted) else { continue }
            let near = Suggestion.nearest(to: wanted, among: names)
            diagnostics.error(
                "the step '\(step.name)' notifies '\(wanted)', which is no handler", at: step.mark,
                cure: near.map { "did you mean '\($0)'?" }
                    ?? "add '\(wanted): …' to the playbook's 'handlers'")
        }
        for handler in handlers where !steps.contains(where: { $0.notifies == handler.name }) {
            diagnostics.warning("no step notifies the handler '\(handler.name)'", at: handler.mark)
        }
    }
}

extension Step {
    /// The values that the engine fills in for the step.
    fileprivate var templateNames: [String] {
        switch work {
        case .query: []
        case .file(let file): file.names
        case .toml(let toml): toml.names
        case .shell(let shell): if case .exists(let path) = shell.check { path.names } else { [] }
        }
    }
}
