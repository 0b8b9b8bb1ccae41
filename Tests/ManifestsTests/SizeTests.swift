import Foundation
import Manifests
import Testing
import YAML

@testable import Inventory

/// The numbers of each size, which go together: one that is changed alone fails here.
@Suite struct SizeTests {
    static let sizes = ["small", "medium", "large"]

    /// What all services ask for and may take, with everything switched on.
    private static let totals: [String: SizeSums.Totals] = [
        "small": .init(processors: 1480, memory: 7904, limit: 20096),
        "medium": .init(processors: 9970, memory: 30400, limit: 58624),
        "large": .init(processors: 67500, memory: 183168, limit: 328192),
    ]

    /// The edition without what a size says nothing of: jobs and settings.
    private static func edition(_ size: String) throws -> Edition {
        let openedx = openedx(size)
        var edition = try Verawood.edition().chosen(by: openedx)
        for index in edition.waves.indices {
            edition.waves[index].files.removeAll { file in
                file.name == "settings.yml" || file.objects.contains { $0["kind"]?.text == "Job" }
            }
        }
        return edition
    }

    private static func openedx(_ size: String) -> ApplicationPart {
        Verawood.openedx {
            $0.services = Verawood.services
            $0.size = size
        }
    }

    private static func sums(_ edition: Edition, _ name: String) throws -> SizeSums {
        let openedx = openedx(name)
        let rendered = try Renderer(
            edition: edition, cluster: Ironwood.cluster(openedx), part: openedx
        ).render()
        return SizeSums(rendered: rendered, size: try #require(edition.size))
    }

    @Test(arguments: sizes) func theNumbersOfASizeAddUp(name: String) throws {
        let sums = try Self.sums(Self.edition(name), name)
        #expect(try sums.troubles == [])
        #expect(try sums.totals == Self.totals[name])
    }

    @Test(arguments: sizes) func aNumberThatIsChangedAloneIsFound(name: String) throws {
        let edition = try Self.edition(name)
        let size = try #require(edition.size)
        var changes = 0
        func expectFound(_ words: String, _ change: (inout Edition.Size) -> Void) throws {
            var changed = edition
            var other = size
            change(&other)
            changed.size = other
            changes += 1
            let sums = try? Self.sums(changed, name)
            let isFound = try sums.map { try !$0.troubles.isEmpty || $0.totals != Self.totals[name] } ?? true
            #expect(isFound, "\(words)")
        }
        for (pod, values) in (size.values.entries ?? []).map({ ($0.key, $0.value) })
        where pod != "connections" {
            for entry in values.entries ?? [] where entry.key != "connections" {
                let text = try #require(Self.more(than: entry.value.text ?? ""))
                try expectFound("\(pod) \(entry.key): \(text)") {
                    $0.values[path: [pod, entry.key]] = .string(text)
                }
            }
        }
        let connections = try #require(size.connections)
        for index in connections.ofPods.indices {
            try expectFound("connections of \(connections.ofPods[index].service)") {
                $0.connections?.ofPods[index].count += 1
            }
        }
        try expectFound("reserve") { $0.connections?.reserve -= 1 }
        for by in [-1, 1] {
            try expectFound("most \(by)") {
                $0.values[path: ["connections", "most"]] = .int(connections.most + by)
            }
        }
        for index in size.replicas.indices {
            try expectFound("replicas of \(size.replicas[index].service)") { $0.replicas[index].count += 1 }
        }
        #expect(changes > 60)
    }

    /// A little more of the same unit; nil for what is no quantity.
    private static func more(than text: String) -> String? {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let unit = text.dropFirst(digits.count)
        if let whole = Int(digits) { return "\(whole + 1)\(unit)" }
        return Double(digits).map { "\($0 * 1.25)\(unit)" }
    }

    @Test func theReadmeSaysWhatSizesAskFor() throws {
        let readme = try String(contentsOf: Ironwood.root.appending(path: "README.md"), encoding: .utf8)
        for name in Self.sizes {
            let rendered = try Verawood.rendered { $0.size = name }
            let size = try #require(try Verawood.edition().chosen(by: Self.openedx(name)).size)
            let totals = try SizeSums(rendered: rendered, size: size).totals
            let lms = try rendered.one("Deployment", "lms")
            let whole = try #require(Self.totals[name])
            func words(_ totals: SizeSums.Totals) -> String {
                let hundredths = "\(totals.processors / 10 + 100)".suffix(2)
                return
                    "\(totals.processors / 1000).\(hundredths), \(totals.memory / 1024).\(totals.memory % 1024 * 10 / 1024)"
            }
            let row =
                "| `\(name)` | \(size.users) | \(lms.replicas) × \(lms.webProcesses ?? 0) | \(words(totals)) | \(words(whole)) |"
            #expect(readme.contains(row), "\(row)")
        }
    }

    @Test func anInventoryThatSaysNothingIsSmall() throws {
        #expect(try Verawood.rendered().yaml == Verawood.rendered { $0.size = "small" }.yaml)
        #expect(try Verawood.edition().sizes.map(\.name) == Self.sizes)
        let users = try Verawood.edition().sizes.map(\.users)
        #expect(users == users.sorted())
    }

    @Test func moreReplicasThanMySQLHasConnectionsForAreRefused() throws {
        let error = #expect(throws: InvalidInput.self) {
            try Verawood.rendered { $0.replicas = [(service: "lms", count: 12)] }
        }
        #expect(
            error?.diagnostics.map(\.message) == [
                "so many replicas can open 62 connections to mysql while they are rolled out, and it takes 60 in size 'small', 22 of them for jobs and people"
            ])
        _ = try Verawood.rendered {
            $0.replicas = [(service: "lms", count: 12)]
            $0.stores = [.init(name: "mysql", host: "db.example.edu", port: nil)]
        }
    }

    @Test func aPodCannotHaveVolumesOnTwoNodes() throws {
        let error = #expect(throws: InvalidInput.self) {
            try Verawood.rendered { $0.volumeNodes = [(claim: "lms-data", node: "node2")] }
        }
        let words = "lms mounts the volumes 'openedx-media' on node1 and 'lms-data' on node2"
        #expect(error?.diagnostics.contains { $0.message.hasPrefix(words) } == true)
        _ = try Verawood.rendered { $0.volumeNodes = [(claim: "mysql", node: "node2")] }
    }

    @Test func whatIsWrongInASizeIsSaid() throws {
        func problem(_ from: String, _ to: String, in name: String) throws -> String {
            let files = try Ironwood.files().map { file in
                guard file.path == "manifests/openedx/verawood/\(name)" else { return file }
                #expect(file.text.contains(from))
                return ManifestFile(path: file.path, text: file.text.replacing(from, with: to))
            }
            let error = #expect(throws: InvalidInput.self) { try Verawood.edition(of: files) }
            return (error?.diagnostics ?? []).map(\.description).joined(separator: "\n")
        }
        #expect(
            try problem("mfe: 2 }", "mef: 2 }", in: "sizes/small.yml")
                .contains("the edition has no service with replicas 'mef'; did you mean 'mfe'?"))
        #expect(
            try problem("large: 10000", "larger: 10000", in: "edition.yml").contains(
                "sizes/large.yml belongs to no size"))
        #expect(try problem("pods:", "pod:", in: "sizes/large.yml").contains("has no 'pods'"))
    }
}
