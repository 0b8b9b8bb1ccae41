import Foundation
import Synchronization

/// Strings that must be seen nowhere, looked for in the process list while a body runs.
final class Canary: Sendable {
    /// The strings.
    let secrets: [String]
    private let seen = Mutex<Set<String>>([])

    /// Makes a search for strings.
    init(_ secrets: [String]) { self.secrets = secrets }

    /// The processes whose arguments held one of the strings.
    var sightings: Set<String> { seen.withLock { $0 } }

    /// Runs a body and looks at the arguments of all processes, here and in the nodes, ten times a second.
    func watch<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    self.look()
                    try? await Task.sleep(for: .milliseconds(100))
                }
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    /// Files below a folder that hold one of the strings, other than those that `isAllowed` names.
    func files(below folder: String, isAllowed: (String) -> Bool) -> [String] {
        let manager = FileManager.default
        let paths = manager.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return paths.map { folder + "/" + $0 }.filter { path in
            guard let content = manager.contents(atPath: path), !isAllowed(path) else { return false }
            return secrets.contains { content.range(of: Data($0.utf8)) != nil }
        }
    }

    private func look() {
        for process in Processes.all() where secrets.contains(where: process.arguments.contains) {
            _ = seen.withLock { $0.insert("\(process.pid): \(process.arguments)") }
        }
    }
}
