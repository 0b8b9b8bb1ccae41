import Foundation
import Synchronization

/// A child process, spawned and waited for without Foundation, whose `Process` takes a child for alive while any
/// grandchild holds one of its descriptors.
final class Child: Sendable {
    private let pid: pid_t
    private let status = Mutex<Int32?>(nil)

    /// Starts a command in a process group of its own, with its streams in files.
    init(_ command: Command, input: String, output: String, messages: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, messages, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        // Signals that the tests' own parent ignores (a job in the background), or that this thread of the pool blocks,
        // must reach the child.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var defaults = sigset_t()
        sigfillset(&defaults)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var blocked = sigset_t()
        sigemptyset(&blocked)
        posix_spawnattr_setsigmask(&attributes, &blocked)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
        let variables = ProcessInfo.processInfo.environment.merging(command.environment) { $1 }
        var spawned: pid_t = 0
        let error = Self.withStrings([command.program] + command.arguments) { arguments in
            Self.withStrings(variables.map { "\($0)=\($1)" }) { environment in
                posix_spawn(&spawned, command.program, &actions, &attributes, arguments, environment)
            }
        }
        guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EINVAL) }
        pid = spawned
    }

    /// Nobody waits for it any more: it must not outlive the test that started it.
    deinit { if code == nil { kill(-pid, SIGKILL) } }

    /// Exit code once it has ended, 128 and the signal's number when a signal ended it; nil while it runs.
    var code: Int32? {
        status.withLock { status in
            if status == nil {
                var raw: Int32 = 0
                if waitpid(pid, &raw, WNOHANG) == pid { status = raw }
            }
            return status.map { $0 & 0x7f == 0 ? $0 >> 8 & 0xff : 128 + ($0 & 0x7f) }
        }
    }

    /// Sends it a signal, unless it has ended.
    func signal(_ number: Int32) {
        if code == nil { kill(pid, number) }
    }

    /// Calls a function with a null-terminated array of C strings.
    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = strings.map { strdup($0) }
        defer { pointers.forEach { free($0) } }
        return body(pointers + [nil])
    }
}
