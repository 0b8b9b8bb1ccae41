import YAML

/// Reads an inventory in Ansible's INI form.
struct INIReading {
    /// What the lines of a section are.
    private enum Section: String { case hosts, children, vars }

    /// A group that is named before it is declared.
    private struct Pending {
        let mark: Mark
        var parents: [String]
    }

    private let file: String
    private let diagnostics: Diagnostics
    private var pending: [String: Pending] = [:]

    /// Prepares to read a file.
    init(file: String, diagnostics: Diagnostics) {
        self.file = file
        self.diagnostics = diagnostics
    }

    /// Reads all lines into a tree; what is wrong is told with its line.
    mutating func read(_ text: String, into tree: inout GroupTree) {
        var group = "ungrouped"
        var section: Section? = .hosts
        for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let mark = Mark(file: file, line: index + 1, column: raw.prefix(while: \.isWhitespace).count + 1)
            let line = Self.trimmed(raw)
            guard let first = line.first, first != "#", first != ";" else { continue }
            do throws(GroupTree.Fault) {
                if let match = line.wholeMatch(of: /\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?/) {
                    group = String(match.1)
                    section = try self.section(match.2.map(String.init))
                    try begin(group, section, at: mark, &tree)
                } else if line.hasPrefix("["), line.hasSuffix("]") {
                    section = nil
                    throw GroupTree.Fault(
                        message: "'\(line)' begins no section: the name of a group has no spaces")
                } else if let section {
                    try take(line, section, of: group, at: mark, &tree)
                }
            } catch {
                diagnostics.error(error.message, at: mark)
            }
        }
        for (name, pending) in pending {
            diagnostics.error(
                "no group '\(name)' is declared", at: pending.mark, cure: "add a section [\(name)]")
        }
    }

    private func section(_ name: String?) throws(GroupTree.Fault) -> Section {
        guard let name else { return .hosts }
        guard let section = Section(rawValue: name) else {
            throw GroupTree.Fault(message: "a section is of hosts, children or vars, not of '\(name)'")
        }
        return section
    }

    private mutating func begin(
        _ group: String, _ section: Section?, at mark: Mark, _ tree: inout GroupTree
    ) throws(GroupTree.Fault) {
        if tree.groups[group] == nil, section == .vars, pending[group] == nil {
            pending[group] = Pending(mark: mark, parents: [])
        }
        tree.add(group: group)
        guard section != .vars, let waiting = pending.removeValue(forKey: group) else { return }
        for parent in waiting.parents { try tree.add(child: group, to: parent) }
    }

    private mutating func take(
        _ line: String, _ section: Section, of group: String, at mark: Mark, _ tree: inout GroupTree
    ) throws(GroupTree.Fault) {
        switch section {
        case .hosts:
            let words = try ShellWords.split(line)
            guard let first = words.first else { return }
            let pattern = try HostPattern(first)
            let port = pattern.port.map { Node(.scalar(Scalar($0, style: .plain)), mark: mark) }
            let variables = try words.dropFirst().map { word throws(GroupTree.Fault) in
                try variable(word, at: mark, wants: "name=value, which are all that may follow a host")
            }
            for name in pattern.names {
                try tree.add(host: name, to: group, port: port)
                for variable in variables { try tree.set(variable, of: name) }
            }
        case .vars:
            let variable = try variable(line, at: mark, wants: "name=value") { Self.trimmed($0[...]) }
            try tree.set(variable, of: group)
        case .children:
            guard let match = line.wholeMatch(of: /([^:\]\s]+)\s*(?:#.*)?/) else {
                throw GroupTree.Fault(message: "'\(line)' is not the name of a group")
            }
            let child = String(match.1)
            if tree.groups[child] != nil, pending[child] == nil {
                try tree.add(child: child, to: group)
            } else {
                pending[child, default: Pending(mark: mark, parents: [])].parents.append(group)
            }
        }
    }

    /// A variable with its value; white space around the two belongs to them only where quotes hold a word together.
    private func variable(
        _ text: String, at mark: Mark, wants what: String, trimming: (String) -> String = { $0 }
    ) throws(GroupTree.Fault) -> Variable {
        guard let sign = text.firstIndex(of: "=") else {
            throw GroupTree.Fault(message: "'\(text)' is not \(what)")
        }
        let value = trimming(String(text[text.index(after: sign)...]))
        return Variable(trimming(String(text[..<sign])), PythonLiteral.node(value, at: mark))
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
