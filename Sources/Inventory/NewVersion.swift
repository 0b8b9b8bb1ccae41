import YAML

/// A Kubernetes version that is to be written into an inventory.
package struct NewVersion: Sendable {
    /// As it is to stand there: a minor or an exact version.
    package let text: String

    /// Makes one.
    package init(_ text: String) { self.text = text }

    /// The line, as a person would write it below `kubernetes:`.
    package var line: String { "version: \(quoted)" }

    private var quoted: String { "\"\(text)\"" }

    /// The text of an inventory with this version; all other bytes stay as they are.
    ///
    /// - Throws: ``UnfitInventory`` when its shape does not allow it.
    package func written(into bytes: [UInt8], file: String) throws(UnfitInventory) -> [UInt8] {
        let unfit = UnfitInventory(file: file, line: line)
        guard let old = YAMLParser.document(bytes, file: file, diagnostics: Diagnostics()) else {
            throw unfit
        }
        let part = old["kubernetes"]
        let written = part?["version"].map { replaced($0, in: bytes) } ?? inserted(into: bytes, old)
        // The version must be this one, and nothing else may mean something else.
        guard let written,
            var new = YAMLParser.document(written, file: file, diagnostics: Diagnostics()),
            let own = new["kubernetes"]?.entries, new["kubernetes"]?["version"]?.text == text
        else { throw unfit }
        if part?.entries == nil, own.count == 1 {
            new["kubernetes"] = part
        } else {
            new["kubernetes"]?["version"] = part?["version"]
        }
        guard new.json() == old.json() else { throw unfit }
        return written
    }

    /// With another version in the place of one that is there; nil where it is written in an unusual way.
    private func replaced(_ node: Node, in bytes: [UInt8]) -> [UInt8]? {
        guard case .scalar(let scalar) = node.content, let start = node.mark?.offset(in: bytes)
        else { return nil }
        let before: String
        switch scalar.style {
        case .plain: before = scalar.text
        case .singleQuoted: before = "'\(scalar.text)'"
        case .doubleQuoted: before = "\"\(scalar.text)\""
        case .literal, .folded: return nil
        }
        guard bytes[start...].starts(with: before.utf8) else { return nil }
        return Array(bytes[..<start]) + quoted.utf8 + bytes[(start + before.utf8.count)...]
    }

    /// With a version where there was none: below `kubernetes:`, or in such a part before `hosts:`.
    private func inserted(into bytes: [UInt8], _ root: Node) -> [UInt8]? {
        let part = root["kubernetes"]
        let end = bytes.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n"
        let text: String
        var place: Int?
        if let part, let first = part.entries?.first?.keyMark {
            place = first.offset(in: bytes)
            let isFlow = part.mark?.offset(in: bytes).map { bytes[$0] } == UInt8(ascii: "{")
            text = line + (isFlow ? ", " : end + String(repeating: " ", count: first.column - 1))
        } else if part != nil {
            // nothing but comments may stand there
            let key = root.entries?.first { $0.key == "kubernetes" }?.keyMark
            place = key.flatMap { Mark(file: $0.file, line: $0.line + 1, column: 1).offset(in: bytes) }
            text = "  " + line + end
        } else {
            place = root.entries?.first { $0.key == "hosts" }?.keyMark?.offset(in: bytes)
            text = "kubernetes:\(end)  \(line)\(end)"
        }
        guard let place else { return nil }
        return Array(bytes[..<place]) + text.utf8 + bytes[place...]
    }
}

extension Mark {
    /// The number of bytes before it; nil where there is no such place.
    fileprivate func offset(in bytes: [UInt8]) -> Int? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(line - 1) else { return nil }
        let lead = String(decoding: lines[line - 1], as: UTF8.self).unicodeScalars.prefix(column - 1)
        return lines[line - 1].startIndex + String(lead).utf8.count
    }
}
