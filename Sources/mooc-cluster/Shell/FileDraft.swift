import Glibc
import Provisioning
import Synchronization

/// A file that comes in pieces beside its final place, and stands there only when it is whole.
final class FileDraft: FileFetch.Sink {
    /// UTIME_OMIT of utimensat(2), a macro: the time of the last access is left as it is.
    private static let omitted = (1 << 30) - 2

    /// Where it will stand.
    let path: String
    private let draft: String
    private let state: Mutex<(descriptor: Int32, code: Int32)>

    /// Opens it, for its owner alone until it is whole; folders that are missing are made.
    ///
    /// - Throws: ``FileError``.
    init(_ path: String) throws(FileError) {
        self.path = path
        draft = "\(path).\(getpid()).tmp"
        if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try Files.makeFolder(String(path[..<slash]))
        }
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError(path: path, code: errno) }
        state = Mutex((descriptor, 0))
    }

    deinit {
        let descriptor = state.withLock { $0.descriptor }
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(draft)
    }

    /// Takes the next bytes; an error is thrown when it is finished.
    func take(_ bytes: [UInt8]) {
        state.withLock { state in
            if state.code == 0 { state.code = Files.put(bytes, into: state.descriptor) }
        }
    }

    /// Gives it its mode and time, and puts it into its place.
    ///
    /// One that is let go without this leaves nothing.
    ///
    /// - Throws: ``FileError``.
    func finish(mode: UInt32, modified: Int) throws(FileError) {
        let code = state.withLock { state -> Int32 in
            guard state.code == 0 else { return state.code }
            let times = [
                timespec(tv_sec: 0, tv_nsec: Self.omitted), timespec(tv_sec: modified, tv_nsec: 0),
            ]
            guard fchmod(state.descriptor, mode & 0o777) == 0, futimens(state.descriptor, times) == 0,
                rename(draft, path) == 0
            else { return errno }
            close(state.descriptor)
            state.descriptor = -1
            return 0
        }
        guard code == 0 else { throw FileError(path: path, code: code) }
    }
}
