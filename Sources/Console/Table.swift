/// A table for a person: columns as wide as their widest cell, two spaces between them.
package struct Table: Sendable {
    /// One cell: its text and colour.
    package struct Cell: Sendable, ExpressibleByStringLiteral {
        /// The text, without escape sequences.
        package let text: String
        /// The colour.
        package let color: Paint.Color?

        /// Makes a cell.
        package init(_ text: String, _ color: Paint.Color? = nil) {
            self.text = text
            self.color = color
        }

        /// A cell of plain text.
        package init(stringLiteral text: String) { self.init(text) }
    }

    private let headings: [String]
    private var rows: [[Cell]] = []

    /// Makes a table with headings, one a column.
    package init(_ headings: [String]) { self.headings = headings }

    /// Adds a row.
    package mutating func add(_ row: [Cell]) { rows.append(row) }

    /// The table's lines, headings first.
    package func lines(_ paint: Paint = Paint(isOn: false)) -> [String] {
        let all = [headings.map { Cell($0, .bold) }] + rows
        let widths = headings.indices.map { column in
            all.map { $0.indices.contains(column) ? $0[column].text.cells : 0 }.max() ?? 0
        }
        return all.map { row in
            row.enumerated().map { column, cell in
                let isLast = column == row.count - 1
                return paint(cell.text, cell.color)
                    + (isLast ? "" : String(repeating: " ", count: widths[column] - cell.text.cells + 2))
            }.joined()
        }
    }

    /// The table as text, one line a row.
    package func text(_ paint: Paint = Paint(isOn: false)) -> String {
        lines(paint).map { $0 + "\n" }.joined()
    }
}
