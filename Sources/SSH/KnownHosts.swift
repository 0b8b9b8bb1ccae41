internal import CLibSSH
internal import Glibc

/// The files that say which host has which key, in OpenSSH's format (SSH_KNOWN_HOSTS FILE FORMAT of sshd(8)).
struct KnownHosts {
    /// What the files say about a host's key.
    enum Verdict {
        /// They have it.
        case known
        /// They have no key of this host.
        case unknown
        /// They have other keys of this host and not this one, or call it revoked.
        case conflict(HostKeyConflict)

        /// Whether they call the key revoked.
        var isRevoked: Bool {
            if case .conflict(let conflict) = self { conflict.isRevoked } else { false }
        }
    }

    /// The files, in the order of reading; missing ones are skipped.
    let files: [String]

    /// Compares a host's key with what the files say.
    ///
    /// - Parameters:
    ///   - key: the key that the host shows.
    ///   - name: the host as the files have it, `name` or `[name]:port`; hashed names match too.
    /// - Returns: what they say; a contradiction with the line that is to be looked at.
    func verdict(on key: borrowing KeyHandle, of name: String) -> Verdict {
        var isKnown = false
        var conflict: HostKeyConflict?
        let type = key.fingerprint.type
        for line in lines(about: name) where line.marker != .authority {
            let isRevoked = line.marker == .revoked
            guard let known = line.key(of: name) else { continue }
            let isSame = known.hasSamePublicHalf(as: key)
            if isSame, !isRevoked { isKnown = true }
            guard isSame == isRevoked else { continue }
            let new = HostKeyConflict(
                file: line.file, line: line.number, known: Self.words(known), shown: Self.words(key),
                isRevoked: isRevoked)
            if isRevoked { return .conflict(new) }
            // The line that has the same type is the one to look at.
            if conflict == nil || known.fingerprint.type == type { conflict = new }
        }
        if isKnown { return .known }
        return conflict.map { .conflict($0) } ?? .unknown
    }

    /// The lines that are about a host, in the order of the files.
    func lines(about name: String) -> [KnownHostsLine] {
        let lowered = Self.lowered(name.utf8)
        return files.flatMap { file in
            (TextFile.bytes(file) ?? []).split(
                separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
            )
            .enumerated().filter { Self.mayBe($1, about: lowered) }
            .compactMap { index, line in
                let text = String(decoding: line, as: UTF8.self)
                return KnownHostsLine(text[...], number: index + 1, file: file, about: name)
            }
        }
    }

    /// Whether a line may be about a host, as its names tell at a glance: the host's among them, a hash or a pattern.
    ///
    /// Each session looks at all lines; taking them all apart took 500 sessions with as many lines seconds.
    private static func mayBe(_ line: ArraySlice<UInt8>, about name: [UInt8]) -> Bool {
        let names = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            .prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
        return names.contains { "@|*?!".utf8.contains($0) } || lowered(names).contains(name)
    }

    private static func lowered(_ text: some Sequence<UInt8>) -> [UInt8] {
        text.map { byte in (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }
    }

    /// Writes a host's key into the first file, unless another session or program has just done so.
    ///
    /// The file is locked meanwhile; it and its folder are made for the user alone where they are missing.
    ///
    /// - Returns: what the files say now: `.known`, or a conflict where another key was written first.
    /// - Throws: the system's reason when the file cannot be written.
    func add(_ key: borrowing KeyHandle, of name: String) throws(WriteFailure) -> Verdict {
        guard let file = files.first, let text = key.publicBase64 else {
            throw WriteFailure(reason: "no file is named")
        }
        let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? ""
        if !folder.isEmpty { mkdir(folder, 0o700) }
        let number = open(file, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw WriteFailure(reason: "\(file): \(String(cString: strerror(errno)))") }
        let descriptor = Descriptor(number)
        while flock(descriptor.raw, LOCK_EX) != 0, errno == EINTR {}
        let now = verdict(on: key, of: name)
        guard case .unknown = now else { return now }
        let end = lseek(descriptor.raw, 0, SEEK_END)
        var last: UInt8 = 0
        let needsNewline = end > 0 && pread(descriptor.raw, &last, 1, end - 1) == 1 && last != 0x0a
        let line = [UInt8]("\(needsNewline ? "\n" : "")\(name) \(key.fingerprint.type) \(text)\n".utf8)
        guard Glibc.write(descriptor.raw, line, line.count) == line.count else {
            throw WriteFailure(reason: "\(file): \(String(cString: strerror(errno)))")
        }
        return .known
    }

    /// Why a file could not be written.
    struct WriteFailure: Error {
        /// The file and the system's reason.
        let reason: String
    }

    private static func words(_ key: borrowing KeyHandle) -> String {
        let (type, hash) = key.fingerprint
        return "\(type) \(hash)"
    }
}
