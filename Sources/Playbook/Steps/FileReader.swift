import YAML

/// Reads what steps say about files.
struct FileReader {
    /// Where errors go.
    let diagnostics: Diagnostics

    /// Reads a step's `file`, `content`, `absent`, `mode` and `owner`.
    func readFile(_ reader: inout MappingReader) -> FileWork? {
        let path = reader.requiredString("file").flatMap { self.path($0, of: "file", in: reader) }
        let isAbsent = reader.bool("absent") ?? false
        let text = content(&reader)
        let content = text.flatMap { template($0, of: "content", in: reader) }
        let mode = readMode(&reader)
        let owner = readOwner(&reader)
        if isAbsent == reader.has("content") {
            diagnostics.error(
                "\(reader.what) has "
                    + (isAbsent ? "both 'content' and 'absent'" : "neither 'content' nor 'absent'"),
                at: reader.mark, cure: "say what the file holds, or 'absent: true'")
            return nil
        }
        guard let path, isAbsent || content != nil else { return nil }
        return FileWork(path: path, content: content, mode: mode, owner: owner)
    }

    /// Reads a step's `toml` and `set`.
    func readTOML(_ reader: inout MappingReader) -> TOMLWork? {
        let path = reader.requiredString("toml").flatMap { self.path($0, of: "toml", in: reader) }
        guard let set = reader.requiredValue("set") else { return nil }
        guard let entries = set.entries, !entries.isEmpty else {
            diagnostics.error(
                "'set' of \(reader.what) must be a mapping, not \(set.kind)", at: set.mark,
                cure: "write 'dotted.key: value' lines below it")
            return nil
        }
        let settings = entries.compactMap { setting($0, in: reader) }
        return path.map { TOMLWork(path: $0, settings: settings) }
    }

    /// An absolute path, perhaps with values in it.
    func path(_ text: String, of key: String, in reader: MappingReader) -> Template? {
        guard text.hasPrefix("/") || text.hasPrefix("${"), !text.hasSuffix("/") else {
            diagnostics.error(
                "'\(key)' of \(reader.what) must be an absolute path, not '\(text)'", at: reader.mark(of: key)
            )
            return nil
        }
        return template(text, of: key, in: reader)
    }

    private func template(_ text: String, of key: String, in reader: MappingReader) -> Template? {
        if text.unicodeScalars.contains("\0") {
            diagnostics.error("'\(key)' of \(reader.what) holds a NUL character", at: reader.mark(of: key))
            return nil
        }
        if let template = Template(text) { return template }
        diagnostics.error(
            "'\(key)' of \(reader.what) has a '${' that no name of a value follows", at: reader.mark(of: key),
            cure: "write ${NAME}, or $${ for a literal ${")
        return nil
    }

    /// The content as text; an empty one is a content too, and not the same as none.
    private func content(_ reader: inout MappingReader) -> String? {
        guard reader.has("content") else { return nil }
        guard reader.value("content") != nil else {
            _ = reader.requiredValue("content")
            return nil
        }
        return reader.string("content")
    }

    /// The octal digits without leading zeros, as `stat` prints them.
    private func readMode(_ reader: inout MappingReader) -> String {
        guard let text = reader.string("mode") else { return "644" }
        let isOctal = text.utf8.allSatisfy { (48...55).contains($0) }
        guard isOctal, (3...4).contains(text.utf8.count) else {
            diagnostics.error(
                "'mode' of \(reader.what) cannot be '\(text)'", at: reader.mark(of: "mode"),
                cure: "write three or four octal digits in quotes: \"0644\"")
            return "644"
        }
        let digits = text.drop { $0 == "0" }
        return digits.isEmpty ? "0" : String(digits)
    }

    private func readOwner(_ reader: inout MappingReader) -> Template {
        let root = Template(parts: [.text("root:root")])
        guard let text = reader.string("owner") else { return root }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") }) else {
            diagnostics.error(
                "'owner' of \(reader.what) cannot be '\(text)'", at: reader.mark(of: "owner"),
                cure: "write user:group")
            return root
        }
        return template(text, of: "owner", in: reader) ?? root
    }

    private func setting(_ entry: Mapping.Entry, in reader: MappingReader) -> TOMLWork.Setting? {
        guard let key = TOMLKey.parts(of: entry.key) else {
            diagnostics.error(
                "'\(entry.key)' in 'set' of \(reader.what) is no TOML key", at: entry.keyMark,
                cure: "write parts with dots between them, and parts with other characters in double quotes")
            return nil
        }
        let value: TOMLWork.Value?
        if let items = entry.value.items {
            let templates = items.map { text($0).flatMap { Template($0) } }
            value = templates.contains(nil) ? nil : .list(templates.compactMap(\.self))
        } else {
            switch entry.value.resolved {
            case .bool(let truth): value = .bare("\(truth)")
            case .int(let number): value = .bare("\(number)")
            default: value = text(entry.value).flatMap { Template($0) }.map(TOMLWork.Value.text)
            }
        }
        guard let value else {
            diagnostics.error(
                "'\(entry.key)' in 'set' of \(reader.what) cannot be \(entry.value.kind)",
                at: entry.value.mark,
                cure: "write a text, true, false, a whole number, or a list of texts; ${NAME} is a value")
            return nil
        }
        return TOMLWork.Setting(key: key, value: value)
    }

    /// The text of a node that is a text and nothing else.
    private func text(_ node: Node) -> String? {
        guard case .string(let text) = node.resolved, !text.unicodeScalars.contains("\0") else { return nil }
        return text
    }
}

/// Dotted keys of TOML.
enum TOMLKey {
    /// The parts of a dotted key, quotes taken away; nil if it is none, or holds an escape.
    static func parts(of key: String) -> [String]? {
        var parts: [String] = []
        var rest = Substring(key)
        while true {
            let part: Substring
            if let quote = rest.first, quote == "\"" || quote == "'" {
                rest = rest.dropFirst()
                guard let end = rest.firstIndex(of: quote) else { return nil }
                part = rest[..<end]
                rest = rest[rest.index(after: end)...]
                if part.contains("\\") { return nil }
            } else {
                part = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
                rest = rest.dropFirst(part.count)
                if part.isEmpty { return nil }
            }
            parts.append(String(part))
            if rest.isEmpty { return parts }
            guard rest.first == "." else { return nil }
            rest = rest.dropFirst()
        }
    }
}
