internal import YAML

/// A text that several objects of an edition have in common: a file of its folder `shared/`, for `${shared.NAME}`.
package struct SharedText: Sendable {
    /// Its name: that of the file without its ending.
    package let name: String
    /// The file, from the repository's root.
    package let file: String
    /// The file's lines; empty ones at its end do not count.
    package let lines: [String]

    /// Takes a file.
    init(name: String, file: ManifestFile) {
        self.name = name
        self.file = file.path
        var lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        self.lines = lines
    }

    /// The text for a place where lines begin after so much white space, which the first line has there already.
    func text(after indentation: Substring) -> String {
        lines.enumerated().map { $0 == 0 || $1.isEmpty ? $1 : indentation + $1 }.joined(separator: "\n")
    }

    /// Where a placeholder first stands in the file.
    func mark(of path: String) -> Mark {
        for (index, line) in lines.enumerated() {
            guard let place = line.firstRange(of: "${\(path)}")?.lowerBound else { continue }
            let column = line.unicodeScalars.distance(from: line.startIndex, to: place) + 1
            return Mark(file: file, line: index + 1, column: column)
        }
        return Mark(file: file, line: 1, column: 1)
    }
}
