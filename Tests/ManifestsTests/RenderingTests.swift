import Cryptography
import Foundation
import Inventory
import Manifests
import TestSupport
import Testing
import YAML

@Suite struct RenderingTests {
    @Test func theFifteenServicesAreThere() throws {
        #expect(try Set(Ironwood.rendered().services.map(\.name)) == Set(fifteen))
    }

    @Test func theSameBytesEachTime() throws {
        #expect(try Ironwood.rendered().yaml == Ironwood.rendered().yaml)
    }

    @Test(arguments: [("local", Ironwood.local), ("nfs", Ironwood.nfs)])
    func isAsItWas(name: String, storage: OpenEdXStorage) throws {
        try Golden.expect(Ironwood.rendered(storage).yaml, is: "ironwood-\(name).yml", in: .module)
    }

    @Test(arguments: ["1.20", "1.37"], [Ironwood.local, Ironwood.nfs])
    func isValidKubernetes(version: String, storage: OpenEdXStorage) async throws {
        let kubernetes = try #require(KubernetesMinor(version))
        let secrets = SecretValues(["mysql-root-password": "x"])
        let yaml = try Ironwood.rendered(storage, kubernetes: kubernetes, secrets: secrets).yaml
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yml")
        try yaml.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let script = Ironwood.root.appending(path: "Tests/Tools/kubernetes-validate.sh").path
        let (code, output) = try await Command.run(["sh", script, version, file.path])
        #expect(code == 0, "\(output)")
    }

    @Test func shellInManifestsPassesShellcheck() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var files: [String] = []
        for workload in try Ironwood.rendered().workloads {
            let words = workload.containers.first?["args"]?.items?.compactMap(\.text) ?? []
            guard words.count == 3, words[0] == "bash" else { continue }
            let file = folder.appending(path: workload.name)
            try "#!/bin/bash \(words[1].dropLast())\n\(words[2])".write(
                to: file, atomically: true, encoding: .utf8)
            files.append(file.path)
        }
        #expect(files.count == 16)
        // SC1091: what is sourced is in the images, not here.
        let (code, output) = try await Command.run(["shellcheck", "--exclude=SC1091"] + files)
        #expect(code == 0, "\(output)")
    }

    @Test func objectsOfBeforeHaveTheirFormerVersion() throws {
        func version(_ minor: Int) throws -> String {
            let rendered = try Ironwood.rendered(kubernetes: KubernetesMinor(1, minor)) {
                $0.replicas = [(service: "lms", count: 2)]
            }
            return try rendered.one("PodDisruptionBudget", "lms").apiVersion
        }
        #expect(try version(20) == "policy/v1beta1")
        #expect(try version(21) == "policy/v1")
    }

    @Test func secretsAreHiddenUnlessGiven() throws {
        let canary = "canary-7Zq"
        let edition = try Ironwood.edition()
        let values = SecretValues(Dictionary(edition.secrets.map { ($0.name, canary) }) { $1 })
        #expect("\(values)" == "21 secrets")
        let hidden = try Ironwood.rendered()
        #expect(try hidden.one("Secret", "openedx-secrets").node["data"] == nil)
        let shown = try Ironwood.rendered(secrets: values)
        let data = try shown.one("Secret", "openedx-secrets").node["data"]?.entries ?? []
        #expect(data.count == edition.secrets.count)
        #expect(data.allSatisfy { $0.value.text == Base64.encode(canary) })
        for object in shown.objects where object.kind != "Secret" {
            #expect(!object.node.texts.contains { $0.contains(canary) || $0.contains(Base64.encode(canary)) })
        }
    }

    @Test func aPodIsRolledWhenItsSettingsChange() throws {
        let before = try Ironwood.rendered()
        let after = try Ironwood.rendered { $0.host = "other.example.edu" }
        let path = ["metadata", "annotations", "mooc-cluster/settings"]
        let print = try before.one("Deployment", "lms").pod[path: path]?.text
        #expect(print != nil)
        #expect(try after.one("Deployment", "lms").pod[path: path]?.text != print)
        #expect(try before.one("Deployment", "memcached").pod[path: path] == nil)
    }

    @Test func aJobIsAnotherWhenItDoesSomethingElse() throws {
        func job(_ rendered: Rendered) throws -> String {
            try #require(rendered.all("Job").first { $0.name.hasPrefix("ecommerce-provision-") }).name
        }
        let before = try job(Ironwood.rendered())
        #expect(try job(Ironwood.rendered()) == before)
        #expect(try job(Ironwood.rendered { $0.host = "other.example.edu" }) != before)
    }

    @Test func theNamesThatAnInventoryMayUseAreThoseOfTheEdition() throws {
        typealias KnownEdition = Cluster.Surroundings.KnownEdition
        let edition = try Ironwood.edition()
        let names = try #require(try KnownEdition(folder: "openedx/ironwood", in: Ironwood.files()))
        #expect(names.images == edition.images.map(\.name))
        #expect(names.replicas == edition.replicas.map(\.service))
        #expect(names.claims == edition.claims.map(\.name))
        #expect(names.secrets == edition.secrets.map(\.name))
        #expect(names.images.contains("edxapp") && names.claims.contains("mysql-data"))
        #expect(try KnownEdition(folder: "openedx/hawthorn", in: Ironwood.files()) == nil)
        let broken = ManifestFile(path: "manifests/openedx/x/edition.yml", text: "images: [")
        #expect(KnownEdition(folder: "openedx/x", in: [broken]) == nil)
    }
}
