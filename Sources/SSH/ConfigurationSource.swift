internal import Glibc

/// Where configuration files are read from.
struct ConfigurationSource {
    /// The text of a file; nil where it cannot be read.
    var read: (String) -> String?
    /// The files that a pattern for absolute paths means, in order.
    var matching: (String) -> [String]

    /// This machine's files.
    static var machine: Self {
        Self(read: TextFile.read) { pattern in
            var found = glob_t()
            defer { globfree(&found) }
            guard glob(pattern, 0, nil, &found) == 0 else { return [] }
            return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
        }
    }
}
