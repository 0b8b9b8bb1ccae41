import Foundation
import TestSupport
import YAML

@testable import Ansible

/// The real `ansible-inventory --list`, asked once for all shapes.
actor Oracle {
    static let shared = Oracle()

    private var asked: Task<[String: Node], any Error>?

    /// What it prints of a shape; null where it refuses it.
    func list(of shape: Shape) async throws -> Node {
        let task = asked ?? Task { try await Self.ask() }
        asked = task
        return try await task.value[shape.name] ?? .null
    }

    private static func ask() async throws -> [String: Node] {
        try await withScratchFolder { folder in
            for shape in Shape.all { try shape.write(below: "\(folder)/\(shape.name)") }
            let script = URL(filePath: #filePath).deletingLastPathComponent()
                .appending(path: "../Tools/ansible-inventory.sh").path
            // What an installation says must not be taken for the answer, and is not waited for on the pool.
            let output = "\(folder)/answer.json"
            let child = try Child(["sh", script, folder], output: output, messages: "\(folder)/messages")
            var end = child.end
            while end == nil {
                try await Task.sleep(for: .milliseconds(20))
                end = child.end
            }
            guard end == 0 else {
                let said = try String(contentsOfFile: "\(folder)/messages", encoding: .utf8)
                throw Failure(description: said)
            }
            let text = try String(contentsOfFile: output, encoding: .utf8)
            let node = YAMLParser.document(text, file: "answer", diagnostics: Diagnostics())
            return Dictionary(uniqueKeysWithValues: (node?.entries ?? []).map { ($0.key, $0.value) })
        }
    }

    /// It did not answer.
    struct Failure: Error, CustomStringConvertible { let description: String }
}

extension Shape {
    /// Writes its files into a folder.
    func write(below folder: String) throws {
        for (path, text) in files {
            let url = URL(filePath: "\(folder)/\(path)")
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try text.write(to: url, atomically: false, encoding: .utf8)
        }
        if hasVault {
            try "swordfish\n".write(toFile: "\(folder)/.password", atomically: false, encoding: .utf8)
        }
    }

    /// The file or folder that is the inventory.
    var source: String {
        files.keys.filter { $0.hasPrefix("hosts") }.sorted().first.map { String($0.prefix { $0 != "/" }) }
            ?? ""
    }

    /// The files as the module looks at them.
    var access: AnsibleFiles {
        AnsibleFiles(
            kind: { [files] path in
                if files[path] != nil { return .file(isProgram: false) }
                return files.keys.contains { $0.hasPrefix(path + "/") } ? .folder : nil
            },
            read: { [files] in files[$0].map { Array($0.utf8) } },
            names: { [files] folder in
                let below = files.keys.filter { $0.hasPrefix(folder + "/") }.map {
                    $0.dropFirst(folder.count + 1)
                }
                return Set(below.map { String($0.prefix { $0 != "/" }) }).sorted()
            })
    }

    /// Reads it.
    func read(_ diagnostics: Diagnostics, passwords: [String: String] = ["default": "swordfish"])
        -> AnsibleInventory
    {
        AnsibleInventory(source, files: access, passwords: passwords, diagnostics: diagnostics)
    }
}
