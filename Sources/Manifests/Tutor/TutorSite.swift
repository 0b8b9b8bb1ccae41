internal import YAML

/// The `config.yml` of a Tutor site.
struct TutorSite {
    /// Its keys in the order of the file, those that Tutor takes for left out (null) not among them.
    let entries: [Mapping.Entry]
    private let diagnostics: Diagnostics

    /// Reads one; nil, with an error, when it is none.
    init?(_ bytes: [UInt8], file: String, diagnostics: Diagnostics) {
        guard let node = YAMLParser.document(bytes, file: file, diagnostics: diagnostics) else { return nil }
        guard let entries = node.entries, entries.contains(where: { $0.key == "LMS_HOST" }) else {
            diagnostics.error(
                "this is no configuration of a Tutor site: it has no LMS_HOST", at: node.mark,
                cure: "name the config.yml that `tutor config printroot` leads to")
            return nil
        }
        self.entries = entries.filter { !$0.value.isNull }
        self.diagnostics = diagnostics
    }

    /// The node of a key; nil where the site leaves it to Tutor.
    func node(_ key: String) -> Node? { entries.first { $0.key == key }?.value }

    /// What a key's value is as a text, other keys filled in: `studio.{{ LMS_HOST }}`; nil where it is not there, or,
    /// with an error, where only Tutor can say it.
    func text(_ key: String) -> String? {
        guard let node = node(key) else { return nil }
        guard let text = Self.plain(node), node.text != nil else {
            diagnostics.error("\(key) must be one value, not \(node.kind)", at: node.mark)
            return nil
        }
        if let filled = filled(text) { return filled }
        diagnostics.error(
            "\(key) is a template that only Tutor can fill in", at: node.mark,
            cure: "write what `tutor config printvalue \(key)` prints in its place")
        return nil
    }

    /// A value as a text; `[]` or `{}` for an empty list or mapping, nil for others.
    static func plain(_ node: Node) -> String? {
        switch node.content {
        case .scalar(let scalar):
            if case .bool(let truth) = scalar.resolved { truth ? "true" : "false" } else { scalar.text }
        case .sequence(let items): items.isEmpty ? "[]" : nil
        case .mapping(let mapping): mapping.entries.isEmpty ? "{}" : nil
        }
    }

    /// Whether a key has one of some values, which may name other keys.
    func has(_ key: String, amongst values: [String]) -> Bool {
        guard let node = node(key), let text = Self.plain(node) else { return false }
        return values.contains(text)
            || filled(text).map { filled in values.contains { self.filled($0) == filled } } ?? false
    }

    /// Whether a key is true, which is `usual` where the site leaves it out.
    func flag(_ key: String, usual: Bool) -> Bool {
        guard let node = node(key) else { return usual }
        switch Self.plain(node)?.lowercased() {
        case "true": return true
        case "false": return false
        default:
            diagnostics.error("\(key) must be true or false", at: node.mark)
            return usual
        }
    }

    /// A text with `{{ KEY }}` filled in; nil where a key is not there, or more is asked of the template.
    private func filled(_ text: String, depth: Int = 0) -> String? {
        var result = ""
        var rest = Substring(text)
        while let match = rest.firstMatch(of: /\{\{ *([A-Z0-9_]+) *\}\}/) {
            guard depth < 8, let node = node(String(match.output.1)), let plain = Self.plain(node),
                let inner = filled(plain, depth: depth + 1)
            else { return nil }
            result += rest[..<match.range.lowerBound] + inner
            rest = rest[match.range.upperBound...]
        }
        result += rest
        return result.contains("{{") || result.contains("{%") ? nil : result
    }
}
