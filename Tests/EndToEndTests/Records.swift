import Foundation
import Testing
import YAML

/// The runs that the tool has kept of one cluster.
struct Records {
    /// The folder of the runs.
    let folder: String

    /// The runs below the home folder of a tool.
    init(_ tool: Tool, cluster: String = "here") {
        folder = "\(tool.folder)/.local/state/mooc-cluster/\(cluster)/runs"
    }

    /// The names of the runs, oldest first.
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted() }

    /// A file of the only run.
    func text(_ file: String) throws -> String {
        let name = try #require(names.count == 1 ? names.first : nil, "\(names)")
        return try String(contentsOfFile: "\(folder)/\(name)/\(file)", encoding: .utf8)
    }

    /// The events of the only run.
    func events() throws -> [Node] {
        try text("events.jsonl").split(separator: "\n").map { try json(String($0)) }
    }

    /// The summary of the only run.
    func summary() throws -> Node { try json(try text("summary.json")) }
}

extension Tool {
    /// A control plane that is this machine, where kubectl is a script of the test.
    ///
    /// The script is written by a child process: one that this process has open for writing could not be started.
    mutating func useKubectl(_ script: String) async throws {
        try write(
            """
            cluster: here
            hosts:
              - { name: here, address: 127.0.0.1, role: control-plane, connection: local }
            openedx: { edition: ironwood, host: learn.example.edu }

            """, to: "inventory.yml")
        try write("#!/bin/sh\n\(script)\n", to: "bin/kubectl.txt")
        // Whoever runs the tests may be root already, or may not become it.
        try write("#!/bin/sh\n[ \"$1\" != -n ] || shift\nexec \"$@\"\n", to: "bin/sudo.txt")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "cd \"$0\" && for name in kubectl sudo; do cp $name.txt $name && chmod 755 $name; done",
            "\(folder)/bin",
        ]
        try process.run()
        process.waitUntilExit()
        environment["PATH"] =
            "\(folder)/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
    }
}
