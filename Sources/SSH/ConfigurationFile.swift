internal import Glibc

/// What OpenSSH configuration files say about one host (ssh_config(5)); the first that says something wins.
///
/// Of `Match` the criteria all, host, originalhost, user and localuser are understood; a block with another
/// one (exec, final, canonical …) does not apply, and a notice says so.
struct ConfigurationFile {
    private let originalHost: String
    private let localUser: String
    private let homeFolder: String
    private var values: [String: [String]] = [:]
    /// What is not heeded, with its place, as sentences.
    private(set) var notices: [String] = []
    private let source: ConfigurationSource
    /// How many files were read.
    private var count = 0
    /// How deep files may include each other, as in OpenSSH.
    private static let depth = 16
    /// How many files there may be in all: sixteen that each include the next one twice would be read 65536 times.
    private static let most = 1000

    /// Starts with what the operator has said, which no file changes but blocks may ask about.
    init(
        originalHost: String, user: String?, localUser: String, homeFolder: String,
        source: ConfigurationSource
    ) {
        self.source = source
        self.originalHost = originalHost
        self.localUser = localUser
        self.homeFolder = homeFolder
        if let user { values["user"] = [user] }
    }

    /// The first value of a keyword, given in lower case.
    subscript(keyword: String) -> String? { values[keyword]?.first }

    /// All values of a keyword that adds up, given in lower case.
    func all(_ keyword: String) -> [String] { values[keyword] ?? [] }

    /// Reads a file; a missing one says nothing.
    ///
    /// What it includes by a relative path lies beside it.
    ///
    /// - Throws: `.protocolFailure` where files include each other without an end, or there are too many.
    mutating func read(_ path: String) throws(SSHError) {
        try read(path, beside: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), within: [])
    }

    private mutating func read(
        _ path: String, beside folder: String, within others: [String]
    ) throws(SSHError) {
        count += 1
        guard let text = source.read(path) else { return }
        let chain = others + [path]
        var applies = true
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let words = Self.words(of: line)
            guard let keyword = words.first?.lowercased() else { continue }
            let rest = Array(words.dropFirst())
            switch keyword {
            case "host": applies = Self.matches(originalHost, rest)
            case "match": applies = meets(rest, at: "\(path):\(index + 1)")
            case _ where !applies || rest.isEmpty: continue
            case "include":
                for file in rest.flatMap({ source.matching(full($0, in: folder)) }) {
                    try admit(file, within: chain, at: "\(path):\(index + 1)")
                    try read(file, beside: folder, within: chain)
                }
            case "identityfile", "certificatefile": values[keyword, default: []] += rest.prefix(1)
            case "proxycommand":
                // The command is the shell's: its quotes stay.
                let command = line.drop(while: \.isWhitespace).dropFirst(keyword.count)
                keep(keyword, [String(command.drop { $0.isWhitespace || $0 == "=" })])
            default: keep(keyword, rest)
            }
        }
    }

    private mutating func keep(_ keyword: String, _ words: [String]) {
        // Of these two the first decides for both.
        let rival = ["proxyjump": "proxycommand", "proxycommand": "proxyjump"][keyword] ?? keyword
        if values[keyword] == nil, values[rival] == nil { values[keyword] = words }
    }

    private mutating func meets(_ criteria: [String], at place: String) -> Bool {
        var rest = criteria[...]
        var isMet = !criteria.isEmpty
        while let word = rest.popFirst()?.lowercased() {
            let isNegated = word.hasPrefix("!")
            let criterion = isNegated ? String(word.dropFirst()) : word
            if criterion == "all" { isMet = isMet && !isNegated; continue }
            let subjects = [
                "host": self["hostname"] ?? originalHost, "originalhost": originalHost,
                "user": self["user"] ?? localUser, "localuser": localUser,
            ]
            guard let subject = subjects[criterion] else {
                if isMet {
                    notices.append(
                        "\(place): 'Match \(criterion)' is not read here; its block does not count")
                }
                return false
            }
            let patterns = (rest.popFirst() ?? "").split(separator: ",").map(String.init)
            if Self.matches(subject, patterns) == isNegated { isMet = false }
        }
        return isMet
    }

    /// Refuses a file that would have no end; so does OpenSSH, by the depth alone.
    private func admit(_ file: String, within chain: [String], at place: String) throws(SSHError) {
        let fault: String
        if chain.contains(file) {
            fault = "this Include leads back to \(file)"
        } else if chain.count > Self.depth {
            fault = "files include each other more than \(Self.depth) deep"
        } else if count >= Self.most {
            fault = "more than \(Self.most) files are included"
        } else {
            return
        }
        throw SSHError(host: originalHost, kind: .protocolFailure(reason: "\(place): \(fault)"))
    }

    private func full(_ pattern: String, in folder: String) -> String {
        let path = pattern.hasPrefix("~/") ? homeFolder + pattern.dropFirst() : pattern
        return path.hasPrefix("/") ? path : folder + "/" + path
    }

    /// Takes a line apart: words may be quoted, a keyword may be followed by `=`, `#` starts a comment.
    static func words(of line: Substring) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        var isWord = false
        func isEnd(_ character: Character) -> Bool {
            character.isWhitespace || character == "=" && words.isEmpty
        }
        for character in line {
            if character == "\"" {
                isQuoted.toggle()
                isWord = true
            } else if isQuoted || !isEnd(character) {
                if character == "#", !isWord, !isQuoted { break }
                // `Keyword = value`: the sign may stand by itself.
                if character == "=", !isWord, words.count == 1 { continue }
                word.append(character)
                isWord = true
            } else if isWord {
                words.append(word)
                (word, isWord) = ("", false)
            }
        }
        return isWord ? words + [word] : words
    }

    /// Whether a name matches one of the patterns (`*`, `?`) and none of those with `!` before them.
    static func matches(_ name: String, _ patterns: [String]) -> Bool {
        var isMatch = false
        for pattern in patterns {
            let isNegated = pattern.hasPrefix("!")
            guard
                fnmatch(
                    (isNegated ? String(pattern.dropFirst()) : pattern).lowercased(), name.lowercased(), 0)
                    == 0
            else { continue }
            if isNegated { return false }
            isMatch = true
        }
        return isMatch
    }
}
