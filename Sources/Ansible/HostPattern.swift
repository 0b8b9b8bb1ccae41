/// What names hosts in an inventory: a name or an address, perhaps with ranges and a port.
struct HostPattern {
    /// The names that it stands for.
    let names: [String]
    /// The port after it, as it is written.
    let port: String?

    /// Takes it apart.
    init(_ text: String) throws(GroupTree.Fault) {
        var (name, port) = Self.parted(text)
        if !Self.isAddress(name) { (name, port) = (text, nil) }
        if port == nil, text.hasSuffix(":") {
            throw GroupTree.Fault(message: "'\(text)' ends with ':', where a port has to follow")
        }
        names = try Self.expanded(name)
        self.port = port
    }

    private static func parted(_ text: String) -> (String, String?) {
        if let match = text.wholeMatch(of: /\[(.+)\]:([0-9]+)/) {
            return (String(match.1), String(match.2))
        }
        if let match = text.wholeMatch(of: /((?:[^:\[\]]|\[[^\]]*\])*):([0-9]+)/) {
            return (String(match.1), String(match.2))
        }
        return (text, nil)
    }

    /// Whether a text is a name of labels or an IPv4 address, with ranges or without, or looks like an IPv6 address.
    private static func isAddress(_ text: String) -> Bool {
        if text.contains(":"), text.wholeMatch(of: /[0-9A-Fa-f:.]+/) != nil { return true }
        let plain = text.replacing(/\[(?:[A-Za-z]:[A-Za-z]|[0-9]+:[0-9]+)(?::[0-9]+)?\]/, with: "0")
        return plain.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            label.wholeMatch(of: /\w[\w-]*/) != nil && !label.hasSuffix("_") && !label.hasSuffix("-")
        }
    }

    /// The names of a pattern with ranges: `db[01:10:3]-[a:c]`.
    private static func expanded(_ text: String) throws(GroupTree.Fault) -> [String] {
        guard let open = text.firstIndex(of: "[") else { return [text] }
        guard let close = text.firstIndex(of: "]"), open < close else {
            throw GroupTree.Fault(message: "the range of '\(text)' is not closed")
        }
        var names: [String] = []
        for item in try items(text[text.index(after: open)..<close], in: text) {
            names += try expanded(text[..<open] + item + text[text.index(after: close)...])
            guard names.count <= GroupTree.limit else {
                throw GroupTree.Fault(message: "'\(text)' stands for more than \(GroupTree.limit) hosts")
            }
        }
        return names
    }

    private static func items(_ range: Substring, in text: String) throws(GroupTree.Fault) -> [String] {
        let bounds = range.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(bounds.count), !bounds[1].isEmpty,
            let step = bounds.count == 3 ? Int(bounds[2]) : 1, step > 0
        else {
            throw GroupTree.Fault(
                message: "a range is [first:last] or [first:last:step], unlike that of '\(text)'")
        }
        let first = bounds[0].isEmpty ? "0" : bounds[0]
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ").map(String.init)
        if let start = letters.firstIndex(of: String(first)),
            let end = letters.firstIndex(of: String(bounds[1]))
        {
            guard start <= end else {
                throw GroupTree.Fault(message: "the range of '\(text)' ends before it begins")
            }
            return stride(from: start, through: end, by: step).map { letters[$0] }
        }
        guard let start = Int(first), let end = Int(bounds[1]) else {
            throw GroupTree.Fault(message: "the range of '\(text)' is neither of numbers nor of letters")
        }
        let isFilled = first.hasPrefix("0") && first.count > 1
        guard !isFilled || first.count == bounds[1].count else {
            throw GroupTree.Fault(message: "the ends of the range of '\(text)' are not of the same length")
        }
        guard start > end || (end - start) / step < GroupTree.limit else {
            throw GroupTree.Fault(message: "'\(text)' stands for more than \(GroupTree.limit) hosts")
        }
        return stride(from: start, through: end, by: step).map { number in
            let digits = "\(number)"
            return String(repeating: "0", count: isFilled ? max(0, first.count - digits.count) : 0) + digits
        }
    }
}
