import Glibc

/// A file that could not be read or written.
struct FileError: Error, CustomStringConvertible {
    /// The path.
    let path: String
    /// The code of errno(3).
    let code: Int32

    /// `path: what the system says`.
    var description: String { "\(path): \(String(cString: strerror(code)))" }
}

/// Reading and writing whole files.
enum Files {
    /// The bytes of a file, those before an offset left out.
    ///
    /// - Throws: ``FileError``.
    static func read(_ path: String, from offset: Int = 0) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
        defer { close(descriptor) }
        if offset > 0 { lseek(descriptor, offset, SEEK_SET) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count > 0 { bytes += buffer.prefix(count) }
            if count < 0 && errno != EINTR { throw FileError(path: path, code: errno) }
        }
    }

    /// Writes a file of text; see ``write(bytes:to:mode:replaces:settle:)``.
    ///
    /// - Throws: ``FileError``.
    static func write(
        _ text: String, to path: String, mode: mode_t = 0o644, replaces: Bool = true,
        settle: (Int32) -> Bool = { _ in true }
    ) throws(FileError) {
        try write(bytes: Array(text.utf8), to: path, mode: mode, replaces: replaces, settle: settle)
    }

    /// Writes a file beside its final place and renames it, so that it is never half there.
    ///
    /// The file has its mode before its first byte; `settle` gets its descriptor when all bytes are there, and tells
    /// whether it succeeded. Where it must not replace another one, `EEXIST` is thrown for it.
    ///
    /// - Throws: ``FileError``.
    static func write(
        bytes content: [UInt8], to path: String, mode: mode_t = 0o644, replaces: Bool = true,
        settle: (Int32) -> Bool = { _ in true }
    ) throws(FileError) {
        let draft = replaces ? "\(path).\(getpid()).tmp" : path
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
        var code = put(content, into: descriptor)
        if code == 0, !settle(descriptor) { code = errno }
        close(descriptor)
        if code == 0, replaces, rename(draft, path) != 0 { code = errno }
        guard code == 0 else {
            unlink(draft)
            throw FileError(path: path, code: code)
        }
    }

    /// Writes all bytes, and returns 0 or the code of errno(3).
    static func put(_ bytes: [UInt8], into descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) }
            if count < 0 && errno != EINTR { return errno }
        }
        return 0
    }

    /// Writes a file anew through whatever links lead to it: they stay, and so do its mode and owner.
    ///
    /// A file that is not there yet is made for its owner alone.
    ///
    /// - Throws: ``FileError``.
    static func rewrite(_ text: String, through path: String) throws(FileError) {
        let target = try destination(of: path)
        var facts = stat()
        guard fstatat(AT_FDCWD, target, &facts, 0) == 0 else {
            return try write(text, to: target, mode: 0o600)
        }
        try write(text, to: target, mode: 0o600) { descriptor in
            // only root may give a file away, and whoever is not root is its owner already
            _ = fchown(descriptor, facts.st_uid, facts.st_gid)
            return fchmod(descriptor, facts.st_mode & 0o7777) == 0
        }
    }

    /// Where the links at a path lead to in the end; the path itself where no link is.
    ///
    /// - Throws: ``FileError``.
    private static func destination(of path: String) throws(FileError) -> String {
        var place = path
        // as many as Linux follows (path_resolution(7))
        for _ in 0..<40 {
            var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let count = readlink(place, &buffer, buffer.count)
            guard count >= 0 else { return place }
            let next = String(decoding: buffer.prefix(count), as: UTF8.self)
            let folder = place.lastIndex(of: "/").map { place[...$0] } ?? ""
            place = next.hasPrefix("/") ? next : folder + next
        }
        throw FileError(path: path, code: ELOOP)
    }

    /// The names in a folder, sorted; none where there is no such folder.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Whether some process holds the lock of a file (flock(2)).
    static func isLocked(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    /// Removes a folder and the plain files in it, as far as that goes.
    static func removeFolder(_ path: String) {
        for name in names(in: path) { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// Permission bits of a plain file; nil when there is none.
    static func mode(_ path: String) -> Int? {
        var facts = stat()
        guard fstatat(AT_FDCWD, path, &facts, 0) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(facts.st_mode & 0o7777)
    }

    /// Whether a path leads to a folder.
    static func isFolder(_ path: String) -> Bool {
        var facts = stat()
        return fstatat(AT_FDCWD, path, &facts, 0) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    /// Makes a folder and those above it; only the owner may look into those that are made.
    ///
    /// - Throws: ``FileError``.
    static func makeFolder(_ path: String) throws(FileError) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
            throw FileError(path: path, code: errno)
        }
        try makeFolder(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileError(path: path, code: errno) }
    }
}
