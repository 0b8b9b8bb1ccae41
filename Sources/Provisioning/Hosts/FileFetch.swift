package import Inventory
import Playbook
import Synchronization

/// One file of hosts that this machine is to have.
package struct FileFetch: Sendable {
    /// What a file is besides its content.
    package struct Facts: Sendable, Hashable {
        /// The permissions.
        package let mode: UInt32
        /// When it was changed last, in seconds since 1970.
        package let modified: Int
        /// Its bytes.
        package let size: Int
    }

    /// Takes the content on this machine, piece by piece.
    package protocol Sink: Sendable {
        /// Takes the next bytes.
        func take(_ bytes: [UInt8])
    }

    /// The file does not come, and why.
    package struct Refusal: Error, CustomStringConvertible {
        /// What the host said.
        package let description: String
    }

    /// As many bytes are sent as the open file had, so that a log that grows meanwhile comes to an end.
    private static let program = #"""
        export LC_ALL=C
        [ -e "$1" ] || ls -d -- "$1" >/dev/null || exit 1
        [ -f "$1" ] || { printf '%s is no plain file\n' "$1" >&2; exit 1; }
        exec 5<"$1"
        facts=$(stat -L -c '%a %Y %s' /proc/self/fd/5) || exit 1
        printf '%s\n' "$facts"
        head -c "${facts##* }" <&5
        """#

    private let path: String
    private let asRoot: Bool

    /// Makes one.
    ///
    /// - Parameters:
    ///   - path: the absolute path on hosts.
    ///   - asRoot: whether root reads it.
    package init(path: String, asRoot: Bool) {
        self.path = path
        self.asRoot = asRoot
    }

    /// Fetches it.
    ///
    /// - Parameters:
    ///   - hosts: the hosts.
    ///   - parallel: from how many at once.
    ///   - surroundings: ways to hosts.
    ///   - sink: gives what takes the content of a host.
    ///   - finish: called when all of it has come; without that, nothing that came counts.
    ///   - onEnd: called for each host as soon as its file is here, or will not be.
    /// - Returns: what came of each, in the same order.
    package func perform<Place: Sink>(
        from hosts: [Host], parallel: Int, _ surroundings: Surroundings,
        into sink: @escaping @Sendable (Host) throws -> Place,
        finish: @escaping @Sendable (Place, Facts) throws -> Void,
        onEnd: @escaping @Sendable (Host, Result<Facts, any Error>) -> Void
    ) async -> [Result<Facts, any Error>] {
        await eachHost(
            of: hosts, parallel: parallel,
            { host in
                let place = try sink(host)
                let facts = try await fetch(from: host, surroundings, place)
                try finish(place, facts)
                return facts
            }, onEnd: onEnd)
    }

    private func fetch(
        from host: Host, _ surroundings: Surroundings, _ sink: some Sink
    ) async throws -> Facts {
        let errand = Errand(.words(["sh", "-c", Self.program, "sh", path]), asRoot: asRoot)
        let reading = Mutex(Reading())
        let privilege = asRoot ? try await surroundings.privilege(host) : .none
        let ending = try await errand.run(
            over: try await surroundings.connect(host), privilege, gathers: false
        ) { piece in
            let content = reading.withLock { $0.take(piece) }
            if !content.isEmpty { sink.take(content) }
        }
        try Task.checkCancellation()
        let read = reading.withLock { $0 }
        guard ending.code == 0, let facts = read.facts else {
            let said = String(decoding: read.errors + read.line, as: UTF8.self)
            let lines = said.split(whereSeparator: \.isNewline)
            throw Refusal(
                description: lines.isEmpty
                    ? "\(path) cannot be read (exit code \(ending.code))" : lines.joined(separator: "; "))
        }
        guard read.count == facts.size else {
            throw Refusal(
                description: "\(path) was cut short while it was read: \(read.count) of \(facts.size) bytes")
        }
        return facts
    }
}

/// What came of a file so far: a line of facts, then the content.
private struct Reading {
    var facts: FileFetch.Facts?
    var count = 0
    var line: [UInt8] = []
    var errors: [UInt8] = []

    /// Takes a piece, and gives what of it is content.
    mutating func take(_ piece: OutputPiece) -> [UInt8] {
        guard piece.stream == .output else {
            errors += piece.bytes.prefix(max(0, 2000 - errors.count))
            return []
        }
        var content = piece.bytes[...]
        if facts == nil {
            let end = content.firstIndex(of: UInt8(ascii: "\n")) ?? content.endIndex
            line += content[..<end]
            guard end < content.endIndex else { return [] }
            content = content[(end + 1)...]
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard words.count == 3, let mode = UInt32(words[0], radix: 8), let modified = Int(words[1]),
                let size = Int(words[2])
            else {
                // with a sudo password both streams come as one: these are the host's complaints
                line.append(UInt8(ascii: "\n"))
                return []
            }
            facts = FileFetch.Facts(mode: mode, modified: modified, size: size)
        }
        count += content.count
        return Array(content)
    }
}
