import Foundation
import Glibc

/// A program that a test starts.
///
/// Foundation's `Process` waits for all its children in one thread, one after the other: a daemon among them
/// holds up the end of every other.
final class Child: Sendable {
    let pid: pid_t

    /// Starts a program; it gets the signals of a fresh process, and its output goes to that file.
    init(_ words: [String], output: String = "/dev/null") throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var arguments = words.map { strdup($0) } + [nil]
        defer {
            posix_spawn_file_actions_destroy(&actions)
            for argument in arguments { free(argument) }
        }
        var pid = pid_t()
        let status = posix_spawnp(&pid, words[0], &actions, nil, &arguments, environ)
        guard status == 0 else { throw Failed(words: words, status: status) }
        self.pid = pid
    }

    /// Waits for the end.
    @discardableResult
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status
    }

    /// Whether it has not ended yet; once it has, ``wait()`` must not be called any more.
    var isRunning: Bool {
        var status: Int32 = 0
        return waitpid(pid, &status, WNOHANG) == 0
    }

    /// The processes that it started and that still run.
    var children: [pid_t] {
        let list = try? String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)
        return (list ?? "").split(separator: " ").compactMap { pid_t($0) }
    }

    /// Ends it and what it started; not by SIGTERM, which the thread that started it may have blocked for it
    /// too.
    func stop() {
        let all = [pid] + children
        for process in all { kill(process, SIGKILL) }
        wait()
    }

    /// Runs a program to its end.
    static func run(_ words: String...) throws {
        let status = try Child(words).wait()
        guard status == 0 else { throw Failed(words: words, status: status) }
    }

    struct Failed: Error {
        let words: [String]
        let status: Int32
    }
}
