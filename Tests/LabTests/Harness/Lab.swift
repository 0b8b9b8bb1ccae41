import Foundation
import TestSupport

/// Where the lab, its state and the executable under test are.
struct Lab: Sendable {
    /// The built executable: `$MOOC_CLUSTER_BINARY`, else the one beside this test program.
    let binary: String
    /// The checked out tree, which holds `Tests/Lab` and `playbooks`.
    let tree: String
    /// The lab's run-time state: keys, inventory, node roots.
    let state: String
    /// What the tests write: inventories, logs, the home folder of the executable; kept after the run.
    let work: String

    private static let environment = ProcessInfo.processInfo.environment

    /// The lab of this machine, as the environment says.
    static let here = Lab()

    private init() {
        binary = Executable.path
        tree = URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/")
            .replacingOccurrences(of: "//", with: "/")
        state = Self.environment["LAB_STATE"] ?? "/var/lib/mooc-cluster-lab"
        work = state + "/tests"
    }

    /// Whether these tests must run: without the lab they then fail instead of being left out.
    static var isRequired: Bool { environment["MOOC_CLUSTER_LAB"] == "required" }

    /// Whether the lab has been brought up on this machine.
    var isUp: Bool {
        let files = FileManager.default
        return files.fileExists(atPath: state + "/inventory.yml") && files.isExecutableFile(atPath: binary)
    }

    /// Runs a verb of the lab's own tool.
    func tool(_ arguments: [String], input: String = "", within limit: Duration = .seconds(60)) async throws
        -> Outcome
    {
        try await Command("/bin/sh", [tree + "/Tests/Lab/lab"] + arguments, input: input).run(within: limit)
    }

    /// A new empty folder below `work`.
    func folder(_ name: String) throws -> String {
        let path = work + "/" + name
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return path
    }

    /// Writes a file that only its owner may read.
    static func write(_ text: String, to path: String) throws {
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path]) }
    }
}
