/// Reads the logs of a kept run's hosts, and later what was added to them.
struct LogTail {
    private let run: KeptRun
    private let host: String?
    private var offsets: [String: Int] = [:]

    /// Reads the logs of one host, or of all of them.
    init(_ run: KeptRun, host: String?) {
        self.run = run
        self.host = host
    }

    /// The whole lines that are new, by time, each with its host's name where there are several hosts to tell apart.
    ///
    /// - Throws: ``FileError``.
    mutating func next() throws(FileError) -> [String] {
        var lines: [(time: Substring, text: String)] = []
        for name in run.hosts where host == nil || host == name {
            for line in try newLines(of: "\(run.folder)/\(name).log") {
                let time = line.prefix { $0 != " " }
                let rest = line.dropFirst(time.count)
                lines.append((time, host == nil ? "\(time) \(name):\(rest)" : "\(line)"))
            }
        }
        // Sorting keeps the order of a host's own lines, even those of one millisecond.
        return lines.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element.text)
    }

    /// The whole lines that were added to a file since the last time.
    ///
    /// - Throws: ``FileError``.
    mutating func newLines(of path: String) throws(FileError) -> [Substring] {
        let bytes = try Files.read(path, from: offsets[path, default: 0])
        let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[...$0] } ?? []
        offsets[path, default: 0] += whole.count
        return String(decoding: whole, as: UTF8.self).split(separator: "\n")
    }
}
