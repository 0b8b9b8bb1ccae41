import Foundation
import Testing
import YAML

/// The runs that the tool has kept of one cluster.
struct Records {
    /// The folder of the runs.
    let folder: String

    /// The runs of the only cluster below the home folder of a tool.
    init(_ tool: Tool) {
        let root = "\(tool.folder)/.local/state/mooc-cluster"
        let clusters = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        folder = "\(root)/\(clusters.first ?? tool.cluster)/runs"
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

/// Runs a body with a tool whose control plane is this machine, where kubectl is a script of the test.
///
/// The cluster's name is one that no other test has, since its lock is this machine's own. The scripts are copied by a
/// child process: files that this process has open for writing could not be started.
func withKubectl(_ script: String, _ body: (Tool) async throws -> Void) async throws {
    let cluster = "here-" + UUID().uuidString.prefix(8).lowercased()
    defer { unlink("/run/mooc-cluster/locks/\(cluster).lock") }
    try await withTool { tool in
        var tool = tool
        try tool.write(
            """
            cluster: \(cluster)
            hosts:
              - { name: here, address: 127.0.0.1, role: control-plane, connection: local }
            openedx: { edition: ironwood, host: learn.example.edu }

            """, to: "inventory.yml")
        try tool.write("#!/bin/sh\n\(script)\n", to: "bin/kubectl.txt")
        // Whoever runs the tests may be root already, or may not become it.
        try tool.write("#!/bin/sh\n[ \"$1\" != -n ] || shift\nexec \"$@\"\n", to: "bin/sudo.txt")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "cd \"$0\" && for name in kubectl sudo; do cp $name.txt $name && chmod 755 $name; done",
            "\(tool.folder)/bin",
        ]
        try process.run()
        process.waitUntilExit()
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        tool.environment["PATH"] = "\(tool.folder)/bin:\(path)"
        try await body(tool)
    }
}
