import Foundation
package import Playbook

/// A host that is a scratch folder on this machine, with a shell of one's choice as `sh`.
package struct FakeNode: Transport {
    /// The shells that programs must run under.
    package enum Shell: String, CaseIterable, Sendable {
        case dash, bash
        case busybox = "busybox sh"

        /// Where it is.
        var path: String {
            switch self {
            case .dash: "/bin/dash"
            case .bash: "/bin/bash"
            case .busybox: "/bin/busybox"
            }
        }
    }

    /// The folder that stands for the host.
    package let root: String
    private let transport: LocalTransport

    /// Makes a host of an empty folder; `sh` is found first in its `bin`.
    package init(root: String, shell: Shell = .dash) throws {
        self.root = root
        let bin = root + "/bin"
        try FileManager.default.createDirectory(atPath: bin, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: bin + "/sh", withDestinationPath: shell.path)
        transport = LocalTransport(
            environment: ["PATH=\(bin):/usr/sbin:/usr/bin:/sbin:/bin", "HOME=\(root)", "LOGNAME=tester"])
    }

    /// Runs the command on this machine.
    package func run(
        _ command: RemoteCommand, onOutput: @escaping @Sendable (OutputPiece) -> Void
    ) async throws -> CommandEnd {
        try await transport.run(command, onOutput: onOutput)
    }

    /// Where a path of the host is on this machine.
    package func path(_ path: String) -> String { root + "/" + path }

    /// The text of a file, or nil if there is none.
    package func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: self.path(path)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file; parent folders are made.
    package func write(_ text: String, to path: String) throws {
        let whole = self.path(path)
        let parent = (whole as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try text.write(toFile: whole, atomically: false, encoding: .utf8)
    }
}
