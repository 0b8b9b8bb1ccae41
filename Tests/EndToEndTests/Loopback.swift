import Foundation

extension Tool {
    /// Words to start the tool through, so that a stock sshd on loopback is there while it runs; see the script.
    var withSshd: [String] { ["/bin/sh", Self.script("with-sshd.sh"), "\(folder)/sshd"] }

    /// Words to start the tool through, so that it has a terminal, and Ctrl-C comes when it asks something.
    func interrupted(at prompt: String) -> [String] {
        ["/usr/bin/env", "python3", Self.script("interrupt.py"), prompt]
    }

    /// Writes an inventory of one host, that sshd; `ssh` adds to its part `ssh`.
    func useSshd(_ ssh: String = "") throws {
        try write(
            """
            cluster: here
            ssh:
              user: \(NSUserName())
              key: sshd/user_key
              knownHosts: \(folder)/known_hosts
              connectTimeout: 30
              \(ssh)
            hosts:
              - { name: here, address: 127.0.0.1, role: control-plane, ssh: { port: @PORT@ } }

            """, to: "inventory.in")
    }

    private static func script(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Tools/\(name)").path
    }
}
