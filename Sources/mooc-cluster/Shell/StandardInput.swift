import Console
import Glibc

/// What other programs give this one on standard input.
enum StandardInput {
    /// All of it, to its end; nil where it is a terminal, and so nobody's answer to a question is taken for it.
    ///
    /// - Throws: ``FileError``, and `CancellationError` when interrupted.
    static func read(_ time: Timekeeper) async throws -> [UInt8]? {
        guard isatty(0) == 0 else { return nil }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            var ready = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, 0) != 0 else {
                try await time.sleep(.milliseconds(20))
                continue
            }
            let count = Glibc.read(0, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count > 0 { bytes += buffer.prefix(count) }
            if count < 0 && errno != EINTR { throw FileError(path: "standard input", code: errno) }
        }
    }
}
