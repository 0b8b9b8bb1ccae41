import Foundation
import Glibc
import TestSupport

/// Accounts with passwords that only one sshd sees: its own mount namespace has other files in place of the
/// machine's.
enum Accounts {
    /// Whether this machine lets us make a mount namespace.
    static let canBeMade: Bool =
        geteuid() == 0
        && (try? Child(["unshare", "-m", "mount", "--bind", "/etc/passwd", "/etc/passwd"]).wait()) == 0

    /// The words that start a program with the account `tester` (user 0) of that password.
    static func command(_ folder: String, password: String) throws -> [String] {
        let shell = "/bin/sh"
        try "tester:x:0:0::\(folder):\(shell)\nsshd:x:100:65534::/run/sshd:/usr/sbin/nologin\n"
            .write(toFile: folder + "/passwd", atomically: true, encoding: .utf8)
        try Child(["openssl", "passwd", "-6", "-salt", "salt", password], output: folder + "/hash").wait()
        let hash = try String(contentsOfFile: folder + "/hash", encoding: .utf8).filter { !$0.isNewline }
        try "tester:\(hash):19000:0:99999:7:::\nsshd:*:19000:0:99999:7:::\n"
            .write(toFile: folder + "/shadow", atomically: true, encoding: .utf8)
        let rules = [
            "auth required pam_unix.so", "account required pam_permit.so", "session required pam_permit.so",
        ]
        try (rules.joined(separator: "\n") + "\n")
            .write(toFile: folder + "/pam", atomically: true, encoding: .utf8)
        let binds = [("passwd", "/etc/passwd"), ("shadow", "/etc/shadow"), ("pam", "/etc/pam.d/sshd")]
            .map { "mount --bind \(folder)/\($0.0) \($0.1)" }
        return ["unshare", "-m", "sh", "-c", binds.joined(separator: " && ") + " && exec \"$@\"", "sh"]
    }
}
