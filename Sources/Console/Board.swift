/// The lines that are drawn again in place: one a host, and one that sums up.
struct Board {
    /// One host's line.
    struct Line {
        /// The host's name.
        let host: String
        /// What it is doing.
        var state: HostState = .waiting
        /// The words beside it.
        var text = ""
        /// What may change often without being something new: a line of output.
        var detail = ""
        /// When the state or the words changed, in seconds of the clock.
        var since: Double
    }

    private var lines: [Line]
    private let start: Double
    /// Rows that stand on the terminal, and how wide it was then.
    private var drawn = 0
    private var columns = 0

    /// Makes a board where all hosts wait.
    init(hosts: [String], seconds: Double) {
        lines = hosts.map { Line(host: $0, since: seconds) }
        start = seconds
    }

    /// Changes a host's line; a host that the board does not have is left out.
    mutating func update(
        _ host: String, _ state: HostState, _ text: String, detail: String = "", seconds: Double
    ) {
        guard let index = lines.firstIndex(where: { $0.host == host }) else { return }
        lines[index].detail = detail
        guard lines[index].state != state || lines[index].text != text else { return }
        lines[index].state = state
        lines[index].text = text
        lines[index].since = seconds
    }

    /// The bytes that put text above the board and draw the board anew, for one write.
    mutating func frame(
        above: String = "", size: Terminal.Size, paint: Paint, seconds: Double
    ) -> String {
        let shown = visible(rows: size.rows - 2)
        let width = lines.map(\.host.cells).max() ?? 0
        let rows =
            shown.map { line in
                draw(line, hostWidth: width, columns: size.columns - 1, paint: paint, seconds: seconds)
            }
            + [paint(summary(seconds: seconds).cut(to: size.columns - 1), .dim)]
        let text = erase(size: size) + above + rows.map { $0 + "\u{1B}[K\n" }.joined()
        (drawn, columns) = (rows.count, size.columns)
        return text
    }

    /// The bytes that take the board away and leave the cursor where it began.
    ///
    /// A terminal that became narrower has broken rows into several, and may have done so some frames ago: terminals
    /// tell of their new size late. Nobody knows then where the board begins, so all that stands there is moved up out
    /// of sight, and the cursor goes to the upper left corner (ECMA-48: CUP, ED).
    mutating func erase(size: Terminal.Size) -> String {
        defer { drawn = 0 }
        if drawn > 0, size.columns < columns {
            return String(repeating: "\n", count: size.rows) + "\u{1B}[H\u{1B}[J"
        }
        return drawn == 0 ? "" : "\r\u{1B}[\(drawn)A\u{1B}[J"
    }

    /// The lines that fit, those first that a person looks for, in the order of the inventory.
    private func visible(rows: Int) -> [Line] {
        guard lines.count > rows else { return lines }
        let ranked = lines.indices.sorted { (lines[$0].state.rank, $0) < (lines[$1].state.rank, $1) }
        return ranked.prefix(max(rows, 1)).sorted().map { lines[$0] }
    }

    private func draw(
        _ line: Line, hostWidth: Int, columns: Int, paint: Paint, seconds: Double
    ) -> String {
        let sign = line.state.symbol(seconds: seconds) + " "
        let head = (sign + line.host.filled(to: hostWidth)).cut(to: columns)
        let spent = "  " + Timekeeper.text(seconds: seconds - line.since)
        let isTimed =
            line.state == .running && seconds - line.since >= 1 && head.cells + spent.cells < columns
        let time = isTimed ? spent : ""
        let words = line.detail.isEmpty ? line.text : "\(line.text): \(line.detail)"
        let body = ("  " + words.printable).cut(to: columns - head.cells - time.cells)
        return paint(head, line.state.color) + body + paint(time, .dim)
    }

    private func summary(seconds: Double) -> String {
        let counts = HostState.allCases.compactMap { state in
            let count = lines.count { $0.state == state }
            return count > 0 ? "\(count) \(state)" : nil
        }
        return counts.joined(separator: ", ") + " · " + Timekeeper.text(seconds: seconds - start)
    }
}
