/// A place in a file.
///
/// Lines and columns count from one, columns in Unicode scalars, as an editor shows them.
package struct Mark: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The file as the person named it, or a name such as `<stdin>`.
    package var file: String
    /// Line, from one.
    package var line: Int
    /// Column, from one.
    package var column: Int

    /// Makes a mark.
    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`.
    package var description: String { "\(file):\(line):\(column)" }

    /// Orders by file, then by place in it.
    package static func < (left: Mark, right: Mark) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}
