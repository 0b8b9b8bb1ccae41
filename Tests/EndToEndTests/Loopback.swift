import Foundation

extension Tool {
    /// Words to start the tool through, so that a stock sshd on loopback is there while it runs; see the script.
    var withSshd: [String] { ["/bin/sh", Self.script("with-sshd.sh"), "\(folder)/sshd"] }

    /// Words to start the tool through, so that it has a terminal, and Ctrl-C comes when it asks something, so many times.
    func interrupted(at prompt: String, times: Int) -> [String] {
        ["/usr/bin/env", "python3", Self.script("interrupt.py"), prompt, "\(times)"]
    }

    /// Writes an inventory of one host, that sshd; `ssh` adds to its part `ssh`.
    func useSshd(_ ssh: String = "") throws {
        try write(
            """
            cluster: \(cluster)
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

    /// Writes an inventory of three hosts, all that sshd: n1, and the workers n2 and n3; `more` adds lines of hosts.
    func useThreeHosts(_ more: String = "") throws {
        try write(
            """
            cluster: \(cluster)
            ssh:
              user: \(NSUserName())
              key: sshd/user_key
              knownHosts: \(folder)/known_hosts
              hostKeys: accept-new
              connectTimeout: 30
            hosts:
              - { name: n1, address: 127.0.0.1, role: control-plane, ssh: { port: @PORT@ } }
              - { name: n2, address: 127.0.0.2, role: worker, ssh: { port: @PORT@ }, labels: { disk: ssd } }
              - { name: n3, address: 127.0.0.3, role: worker, ssh: { port: @PORT@ }, labels: { disk: hdd } }
            \(more)

            """, to: "inventory.in")
    }

    /// Runs a line of sh, in which `tool` is the tool, while that sshd is there; it runs in the tool's folder.
    func script(
        _ line: String, whileRunning: ((Process, () -> String) async throws -> Void)? = nil
    ) async throws -> Outcome {
        // The tool comes last of the words, and so is `$0` of the line.
        try await run(
            [], through: withSshd + ["/bin/sh", "-c", "tool() { \"$0\" \"$@\"; }\n\(line)"],
            whileRunning: whileRunning)
    }

    /// The path of a script of the tests' tools.
    static func script(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Tools/\(name)").path
    }
}
