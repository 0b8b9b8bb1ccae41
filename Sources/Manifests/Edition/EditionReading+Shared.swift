import YAML

extension EditionReading {
    /// Reads the files of `shared/`; each must be used by another file of the folder.
    func shared() -> [SharedText] {
        let place = "\(folder)/shared/"
        let own = files.filter { $0.path.hasPrefix(folder + "/") }
        let texts = own.filter { $0.path.hasPrefix(place) }
        guard !texts.isEmpty else { return [] }
        let used = own.reduce(into: Set<String>()) { used, file in
            if !file.path.hasPrefix(place) { used.formUnion(Self.names(in: file.text)) }
        }
        var shared: [SharedText] = []
        for file in texts {
            let first = Mark(file: file.path, line: 1, column: 1)
            let name = file.path.dropFirst(place.count)
            let stem = name.prefix { $0 != "." }
            guard !stem.isEmpty, name[stem.endIndex...].count(where: { $0 == "." }) == 1, !name.contains("/")
            else {
                diagnostics.error(
                    "no placeholder can name the file \(file.path)", at: first,
                    cure: "call it a name and one ending, such as shared/accounts.bash")
                continue
            }
            if let other = shared.first(where: { $0.name == stem }) {
                diagnostics.error(
                    "\(file.path) has the name of \(other.file)", at: first, cure: "give it another one")
            }
            if !used.contains(String(stem)) {
                diagnostics.error(
                    "\(file.path) is used by no file of the edition", at: first,
                    cure: "write ${shared.\(stem)} where it belongs, or remove it")
            }
            shared.append(SharedText(name: String(stem), file: file))
        }
        return shared
    }

    /// The names of the shared texts that a file asks for.
    private static func names(in text: String) -> [String] {
        // Bytes: to look for a word in the characters of all files would take as long as the rest of the reading.
        let bytes = Array(text.utf8)
        let start = Array("{shared.".utf8)
        var names: [String] = []
        var rest = bytes[...]
        while let dollar = rest.firstIndex(of: UInt8(ascii: "$")) {
            rest = bytes[(dollar + 1)...]
            guard rest.starts(with: start), let end = rest.firstIndex(of: UInt8(ascii: "}")) else { continue }
            names.append(String(decoding: rest.dropFirst(start.count).prefix(upTo: end), as: UTF8.self))
        }
        return names
    }
}
