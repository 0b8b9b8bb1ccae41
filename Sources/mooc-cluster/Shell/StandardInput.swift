import Console
import Glibc

/// What another program, or a file, gives this one to read.
enum StandardInput {
    /// Reads it to its end; nil where it is a terminal, so that nobody's answer to a question is taken for it.
    ///
    /// Where it is long in coming, that is said, since it may be a pipe that nobody means to write to.
    ///
    /// - Throws: ``FileError``, or `CancellationError`.
    static func read(_ context: Context) async throws -> [UInt8]? {
        guard isatty(0) == 0 else { return nil }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        let began = context.time.seconds()
        var hasSaid = false
        while true {
            // Without blocking a thread of the pool.
            var ready = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
            guard poll(&ready, 1, 0) > 0 else {
                if !hasSaid, context.time.seconds() - began > 2 {
                    context.console.say("waiting for the end of standard input; </dev/null leaves it out")
                    hasSaid = true
                }
                try await context.time.sleep(.milliseconds(20))
                continue
            }
            let count = Glibc.read(0, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count > 0 { bytes += buffer.prefix(count) }
            // A descriptor that is closed has nothing to read either.
            if count < 0, errno == EBADF { return bytes }
            if count < 0, errno != EINTR, errno != EAGAIN {
                throw FileError(path: "standard input", code: errno)
            }
        }
    }
}
