/// How the files of an inventory are looked at, so that reading them stays a pure function.
package struct AnsibleFiles: Sendable {
    /// What stands at a path.
    package enum Kind: Sendable, Hashable {
        /// A file; whether it may be run as a program.
        case file(isProgram: Bool)
        /// A folder.
        case folder
    }

    /// What stands at a path; nil when nothing does.
    package var kind: @Sendable (String) -> Kind?
    /// The bytes of a file; nil when it cannot be read.
    package var read: @Sendable (String) -> [UInt8]?
    /// The names in a folder.
    package var names: @Sendable (String) -> [String]

    /// Makes one.
    package init(
        kind: @escaping @Sendable (String) -> Kind?, read: @escaping @Sendable (String) -> [UInt8]?,
        names: @escaping @Sendable (String) -> [String]
    ) {
        self.kind = kind
        self.read = read
        self.names = names
    }

    /// The files of variables for a host or group: a file of its name, or all in a folder of its name, of the first
    /// ending that there is.
    func variables(of name: String, in folder: String) -> [String] {
        for ending in ["", ".yml", ".yaml", ".json"] {
            let path = "\(folder)/\(name)\(ending)"
            switch kind(path) {
            case .folder: return all(in: path)
            case .file: return [path]
            case nil: continue
            }
        }
        return []
    }

    private func all(in folder: String) -> [String] {
        names(folder).sorted().flatMap { name -> [String] in
            guard !name.hasPrefix("."), !name.hasSuffix("~") else { return [] }
            let ending = Self.ending(of: name)
            let path = "\(folder)/\(name)"
            switch kind(path) {
            case .folder: return ending.isEmpty ? all(in: path) : []
            case .file: return ["", ".yml", ".yaml", ".json"].contains(ending) ? [path] : []
            case nil: return []
            }
        }
    }

    /// What follows the last dot of a name, with it; nothing where the dot is the first character.
    static func ending(of path: String) -> String {
        let name = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
        guard let dot = name.lastIndex(of: "."), !name[..<dot].allSatisfy({ $0 == "." }) else { return "" }
        return String(name[dot...])
    }
}
