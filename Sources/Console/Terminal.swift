import Glibc

/// What the standard streams can show, and whether a person can be asked.
package struct Terminal: Sendable {
    /// Columns and rows.
    package struct Size: Sendable, Equatable {
        /// Cells in a row.
        package let columns: Int
        /// Rows.
        package let rows: Int

        /// Makes a size.
        package init(columns: Int, rows: Int) {
            self.columns = columns
            self.rows = rows
        }
    }

    /// Whether lines can be drawn again in place.
    package let isLive: Bool
    /// Whether colours are wanted.
    package let isColored: Bool
    /// Whether colours are wanted in results, which may go to a file while messages go to the terminal.
    package let colorsResults: Bool
    /// Whether results can be drawn again in place.
    package let drawsResults: Bool
    /// The descriptor that answers are read from; nil when nobody is there to answer.
    package let input: Int32?
    /// The present size.
    package let size: @Sendable () -> Size

    /// Makes a terminal of its facts.
    package init(
        isLive: Bool, isColored: Bool, colorsResults: Bool, drawsResults: Bool = false, input: Int32?,
        size: @escaping @Sendable () -> Size
    ) {
        self.isLive = isLive
        self.isColored = isColored
        self.colorsResults = colorsResults
        self.drawsResults = drawsResults
        self.input = input
        self.size = size
    }

    /// No terminal at all: a pipe, a file, a test.
    package static let none = Terminal(isLive: false, isColored: false, colorsResults: false, input: nil) {
        Size(columns: 80, rows: 24)
    }

    /// The terminal of this process, as its streams and the environment tell.
    ///
    /// Nothing is redrawn where `TERM` is `dumb` or `CI` is set; nothing is coloured where `NO_COLOR` is set
    /// (no-color.org); nobody is asked where standard input is no terminal.
    package static func standard(environment: [String: String]) -> Terminal {
        let isAble = environment["TERM"] != "dumb"
        let shows = isatty(2) == 1 && isAble
        let wantsColor = isAble && environment["NO_COLOR", default: ""].isEmpty
        return Terminal(
            isLive: shows && environment["CI", default: ""].isEmpty,
            isColored: shows && wantsColor, colorsResults: isatty(1) == 1 && wantsColor,
            drawsResults: isatty(1) == 1 && isAble,
            input: isatty(0) == 1 && isatty(2) == 1 ? 0 : nil,
            size: {
                var size = winsize()
                let known = ioctl(2, UInt(TIOCGWINSZ), &size) == 0
                return Size(
                    columns: known && size.ws_col > 0 ? Int(size.ws_col) : 80,
                    rows: known && size.ws_row > 0 ? Int(size.ws_row) : 24)
            })
    }
}
