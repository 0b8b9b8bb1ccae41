internal import CLibSSH
internal import Glibc

/// Owns a file descriptor.
struct Descriptor: ~Copyable {
    /// The number, valid as long as the owner lives.
    let raw: Int32

    /// Takes over a descriptor.
    init(_ raw: Int32) { self.raw = raw }

    deinit { close(raw) }

    /// Gives the descriptor away: who takes the number closes it.
    consuming func release() -> Int32 {
        let raw = raw
        discard self
        return raw
    }
}

/// Wakes a thread that waits in `poll`, from any thread.
final class Wake: Sendable {
    /// Readable after ``raise()`` until ``clear()``; −1 where the process has no descriptor left, which
    /// `poll` skips.
    let descriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))

    deinit { close(descriptor) }

    /// Wakes the thread that waits.
    func raise() { eventfd_write(descriptor, 1) }

    /// Makes ready for the next time.
    func clear() {
        var count: eventfd_t = 0
        eventfd_read(descriptor, &count)
    }
}
