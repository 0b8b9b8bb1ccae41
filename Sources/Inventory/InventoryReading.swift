import YAML

/// What every part of reading an inventory shares.
struct InventoryReading {
    /// The inventory file as the person named it.
    let file: String
    /// What is around it.
    let surroundings: Cluster.Surroundings
    /// Where errors go.
    let diagnostics: Diagnostics

    /// A path as the program opens it: `~` is the home folder, and what is relative starts at the inventory's
    /// folder.
    func resolved(_ path: String) -> String {
        if path == "~" { return surroundings.home }
        if path.hasPrefix("~/") { return surroundings.home + path.dropFirst() }
        if path.hasPrefix("/") { return path }
        guard let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }

    /// The path of a file that must be there, resolved; nil with an error when it is not.
    func existingFile(_ key: String, in reader: inout MappingReader) -> String? {
        guard let path = reader.string(key) else { return nil }
        return existing(path, named: "'\(key)' of \(reader.what)", at: reader.mark(of: key))
    }

    /// The resolved path of a file that must be there; nil with an error when it is not.
    func existing(_ path: String, named name: String, at mark: Mark?) -> String? {
        let resolved = resolved(path)
        if surroundings.fileMode(resolved) != nil { return resolved }
        let place = resolved == path ? "" : " (looked for at \(resolved))"
        diagnostics.error(
            "\(name): there is no file '\(path)'\(place)", at: mark,
            cure: "mend the path; it starts at the inventory's folder unless it begins with '/' or '~/'")
        return nil
    }
}

extension MappingReader {
    /// A text of a form, or nil with an error.
    mutating func string(_ key: String, as form: TextForm) -> String? {
        string(key).flatMap { check($0, as: form, name: key, at: mark(of: key)) }
    }

    /// A text of a form that must be there.
    mutating func requiredString(_ key: String, as form: TextForm) -> String? {
        requiredString(key).flatMap { check($0, as: form, name: key, at: mark(of: key)) }
    }

    /// A list of texts of a form, with their places; what does not fit is left out, with errors.
    mutating func list(_ key: String, as form: TextForm) -> [(text: String, mark: Mark?)] {
        var list: [(text: String, mark: Mark?)] = []
        for node in sequence(key) ?? [] {
            guard let text = text(node, of: key), let fit = check(text, as: form, name: key, at: node.mark)
            else {
                continue
            }
            list.append((fit, node.mark))
        }
        return list
    }

    /// The entries of a mapping below a key, by key; empty when it is absent.
    mutating func entries(_ key: String) -> [Mapping.Entry] {
        guard let node = value(key) else { return [] }
        guard let entries = node.entries else {
            diagnostics.error(
                "'\(key)' of \(what) must be a mapping, not \(node.kind)", at: node.mark,
                cure: "write 'name: value' lines below it")
            return []
        }
        return entries.sorted { $0.key < $1.key }
    }

    /// The texts of a mapping below a key, by key, each of a form.
    mutating func texts(_ key: String, as form: TextForm) -> [(key: String, value: String)] {
        entries(key).compactMap { entry in
            let name = "\(key).\(entry.key)"
            guard let text = text(entry.value, of: name),
                let fit = check(text, as: form, name: name, at: entry.value.mark)
            else { return nil }
            return (entry.key, fit)
        }
    }

    /// The text if it has the form, else nil with an error, which shows no password of a URL.
    func check(_ text: String, as form: TextForm, name: String, at mark: Mark?) -> String? {
        guard let wrong = form.wrong(text) else { return text }
        diagnostics.error(
            "'\(name)' of \(what) must be \(form.name), not '\(Proxy.hidingPassword(text))'", at: mark,
            cure: wrong.cure)
        return nil
    }
}
