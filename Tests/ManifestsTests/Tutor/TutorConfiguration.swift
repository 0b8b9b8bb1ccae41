import Foundation
import Inventory
import Manifests
import TestSupport
import Testing
import YAML

/// A configuration of Tutor and an inventory that mean the same, of Tests/Tools/tutor/configurations.yml.
struct TutorConfiguration: Sendable, CustomTestStringConvertible {
    /// What it is called in the file.
    var name: String
    /// Tutor's configuration.
    var tutor: Node
    /// The `openedx:` part of an inventory.
    var openedx: Node
    /// The names that Tutor has for our secrets.
    var secrets: [(ours: String, tutors: String)]

    /// Its name.
    var testDescription: String { name }

    /// All that are listed, or why they cannot be read.
    static let read = Result<[TutorConfiguration], any Error> {
        let file = Tool.folder.appending(path: "tutor/configurations.yml")
        let diagnostics = Diagnostics()
        let text = try String(contentsOf: file, encoding: .utf8)
        let node = YAMLParser.document(text, file: file.lastPathComponent, diagnostics: diagnostics)
        guard let node, !diagnostics.hasErrors else { throw InvalidInput(diagnostics.sorted) }
        let secrets = (node["secrets"]?.entries ?? []).map { ($0.key, $0.value.text ?? "") }
        return try (node["configurations"]?.items ?? []).map { item in
            TutorConfiguration(
                name: try #require(item["name"]?.text),
                tutor: laid(try #require(item["tutor"]), over: try #require(node["all"]?["tutor"])),
                openedx: laid(try #require(item["openedx"]), over: try #require(node["all"]?["openedx"])),
                secrets: secrets)
        }
    }

    /// All that are listed; none where the file cannot be read, which a test says.
    static var all: [TutorConfiguration] { (try? read.get()) ?? [] }

    private static func laid(_ upper: Node, over lower: Node) -> Node {
        var result = lower
        for entry in upper.entries ?? [] { result[entry.key] = entry.value }
        return result
    }

    /// How ours differs from Tutor's, line by line, and what could not be read of either.
    func compared() async throws -> (differences: [String], troubles: [String]) {
        try await withScratchFolder { scratch in
            try tutor.yaml().write(toFile: "\(scratch)/tutor.yml", atomically: true, encoding: .utf8)
            let folder = try await Tool.tutor("\(scratch)/tutor.yml")
            let config = "\(folder)/config.yml"
            let objects = try Self.rendered(openedx, given: secrets(of: config)).objects
            let json = Node.sequence(objects.map(\.node)).json()
            try json.write(toFile: "\(scratch)/ours.json", atomically: true, encoding: .utf8)
            let theirs = try await Meaning(objects: "\(folder)/objects.json", config: config)
            let ours = try await Meaning(objects: "\(scratch)/ours.json", config: config)
            return (theirs.differences(to: ours), theirs.troubles + ours.troubles)
        }
    }

    /// The passwords and keys that Tutor made up, by our names.
    func secrets(of config: String) throws -> SecretValues {
        let text = try String(contentsOfFile: config, encoding: .utf8)
        let made = try #require(YAMLParser.document(text, file: config, diagnostics: Diagnostics()))
        var values: [String: String] = [:]
        for (ours, tutors) in secrets {
            guard let value = made[tutors]?.text, !value.isEmpty else { continue }
            // Ours is the key of a PEM file without its first and last line.
            values[ours] = value.split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        }
        return SecretValues(values)
    }

    /// What is around such an inventory: every edition of this repository, and every file.
    static func surroundings() throws -> Cluster.Surroundings {
        let files = try Ironwood.files()
        return Cluster.Surroundings(
            home: "/home/op", inventoryMode: 0o600,
            versions: [.init(minor: "1.36", patch: 0, isFinal: false)],
            editions: Edition.available(in: files), edition: { .init(named: $0, in: files) },
            fileMode: { _ in 0o600 })
    }

    /// What we render for a part `openedx`.
    static func rendered(_ openedx: Node, given: SecretValues) throws -> Rendered {
        let files = try Ironwood.files()
        let diagnostics = Diagnostics()
        let inventory: Node = [
            "cluster": "campus",
            "hosts": [["name": "node1", "address": "198.51.100.11", "role": "control-plane"]],
            "openedx": openedx,
        ]
        let surroundings = try surroundings()
        let cluster = Cluster.read(
            Array(inventory.yaml().utf8), file: "inventory.yml", in: surroundings, diagnostics: diagnostics)
        guard let cluster, let openedx = cluster.openedx else { throw InvalidInput(diagnostics.sorted) }
        let folder = "manifests/openedx/\(openedx.edition)"
        guard let edition = Edition.read(folder: folder, files: files, diagnostics: diagnostics) else {
            throw InvalidInput(diagnostics.sorted)
        }
        let chosen = edition.chosen(by: openedx)
        var generator = SystemRandomNumberGenerator()
        let secrets = try SecretValues.resolved(
            for: chosen, given: given, existing: SecretValues(), using: &generator)
        return try Renderer(edition: chosen, cluster: cluster, openedx: openedx).render(secrets: secrets)
    }
}
