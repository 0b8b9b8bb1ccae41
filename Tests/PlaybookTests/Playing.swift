import Foundation
import Playbook
import TestSupport
import Testing
import YAML

/// A playbook read from text; what is wrong with it fails the test.
func playbook(_ text: String) throws -> Playbook {
    let diagnostics = Diagnostics()
    let playbook = Playbook.read(Array(text.utf8), file: "test.yml", diagnostics: diagnostics)
    #expect(diagnostics.items.isEmpty)
    return try #require(playbook)
}

/// A fake node with a shell, and a runner whose handlers' folder is on it.
struct Stage {
    let node: FakeNode
    let runner: Runner
    let events = EventList()

    private init(_ root: String, _ shell: FakeNode.Shell) throws {
        node = try FakeNode(root: root, shell: shell)
        runner = Runner(
            Runner.Settings(
                stateFolder: node.path("run"), dueFolder: node.path("due"),
                ledgerFolder: node.path("own/ledger"),
                passingTrouble: ["tls handshake timeout"]))
    }

    /// Runs a body with a stage of its own.
    static func with(
        _ shell: FakeNode.Shell = .dash, _ body: (Stage) async throws -> Void
    ) async throws {
        try await withScratchFolder { try await body(Stage($0, shell)) }
    }

    /// Runs a playbook in which `${ROOT}` and `$ROOT` are the node's folder.
    @discardableResult
    func play(
        _ text: String, _ values: [String: String] = [:], secrets: [String: String] = [:],
        mode: RunMode = .apply, privilege: Privilege = .none
    ) async throws -> HostResult {
        var all = Values()
        all["ROOT"] = node.root
        for (name, value) in values { all[name] = value }
        for (name, value) in secrets { all.setSecret(name, Secret(value)) }
        let list = events
        return try await runner.run(
            playbook(text), values: all, mode: mode, privilege: privilege, on: node, onEvent: { list.add($0) }
        )
    }
}

extension Stage {
    /// Runs a playbook and gives its outcomes as words.
    func outcomes(
        _ text: String, _ values: [String: String] = [:], mode: RunMode = .apply
    ) async throws -> [String] {
        PlaybookTests.outcomes(try await play(text, values, mode: mode))
    }
}

/// The outcomes of a result as words.
func outcomes(_ result: HostResult) -> [String] { result.steps.map { "\($0.outcome)" } }

/// Whether a process runs, and is not only waiting to be buried.
func isRunning(_ pid: String) -> Bool {
    guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return false }
    let state = String(decoding: data, as: UTF8.self).split(separator: ")").last?.dropFirst().first
    return state != "Z" && state != "X"
}
