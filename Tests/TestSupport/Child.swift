import Foundation
package import Glibc

/// A program that a test starts.
///
/// Foundation's `Process` waits for all its children in one thread, one after the other: a daemon among them
/// holds up the end of every other.
package final class Child: Sendable {
    /// Its number.
    package let pid: pid_t

    /// Starts a program; it gets the signals of a fresh process, and its outputs go to those files.
    package init(_ words: [String], output: String = "/dev/null", messages: String? = nil) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        if let messages {
            posix_spawn_file_actions_addopen(&actions, 2, messages, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        // What the thread that starts it blocks, or whoever started the tests ignores, must reach it.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var arguments = words.map { strdup($0) } + [nil]
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
            for argument in arguments { free(argument) }
        }
        var pid = pid_t()
        let status = posix_spawnp(&pid, words[0], &actions, &attributes, &arguments, environ)
        guard status == 0 else { throw Failed(words: words, status: status) }
        self.pid = pid
    }

    /// Waits for the end.
    @discardableResult
    package func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status
    }

    /// The status of its end as waitpid(2) gives it, once it has ended; after that, neither this nor ``wait()``
    /// must be asked any more.
    package var end: Int32? {
        var status: Int32 = 0
        return waitpid(pid, &status, WNOHANG) == 0 ? nil : status
    }

    /// Whether it has not ended yet; once it has, ``wait()`` must not be called any more.
    package var isRunning: Bool { end == nil }

    /// The processes that it started and that still run.
    package var children: [pid_t] {
        let list = try? String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)
        return (list ?? "").split(separator: " ").compactMap { pid_t($0) }
    }

    /// Ends it and what it started.
    package func stop() {
        let all = [pid] + children
        for process in all { kill(process, SIGKILL) }
        wait()
    }

    /// Runs a program to its end.
    package static func run(_ words: String...) throws {
        let status = try Child(words).wait()
        guard status == 0 else { throw Failed(words: words, status: status) }
    }

    /// A program that did not start, or did not end well.
    package struct Failed: Error {
        let words: [String]
        let status: Int32
    }
}
