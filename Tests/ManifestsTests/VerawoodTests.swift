import Foundation
import Inventory
import Manifests
import TestSupport
import Testing
import YAML

@Suite struct VerawoodTests {
    @Test func whatRunsIsThatOfTutor() throws {
        let names = try Set(Verawood.rendered().services.map(\.name))
        #expect(
            names == [
                "caddy", "cms", "cms-worker", "lms", "lms-worker", "meilisearch", "mfe", "mongodb", "mysql",
                "redis",
                "redis-cache", "smtp",
            ])
    }

    @Test func jobsComeInOrder() throws {
        let rendered = try Verawood.Shape.whole.rendered()
        let jobs = rendered.waves.map { wave in
            wave.objects.filter { $0.kind == "Job" }.compactMap { $0.podLabels["app.kubernetes.io/name"] }
                .sorted()
        }.filter { !$0.isEmpty }
        #expect(
            jobs == [
                [
                    "credentials-accounts", "discovery-accounts", "mongodb-accounts", "mysql-accounts",
                    "notes-accounts",
                    "xqueue-accounts",
                ],
                ["meilisearch-key"], ["lms-provision"], ["cms-provision"],
                [
                    "credentials-clients", "discovery-clients", "forum-indexes", "mfe-provision",
                    "notes-clients", "theme",
                ],
                ["credentials-provision", "discovery-provision", "notes-provision", "xqueue-provision"],
                ["credentials-users", "discovery-index"],
            ])
    }

    @Test(arguments: Verawood.Shape.allCases) func isAsItWas(shape: Verawood.Shape) async throws {
        let yaml = try shape.rendered().yaml
        #expect(try shape.rendered().yaml == yaml, "the same bytes each time")
        try Golden.expect(yaml, is: "verawood-\(shape.rawValue).yml", in: .module)
    }

    @Test(arguments: ["1.20", "1.37"], [Verawood.Shape.whole, .outside])
    func isValidKubernetes(version: String, shape: Verawood.Shape) async throws {
        let kubernetes = try #require(KubernetesMinor(version))
        let secrets = SecretValues(["mysql-root-password": "x"])
        try await withFolder { folder in
            let file = folder.appending(path: "all.yml")
            let yaml = try shape.rendered(kubernetes: kubernetes, secrets: secrets).yaml
            try yaml.write(to: file, atomically: true, encoding: .utf8)
            let script = Ironwood.root.appending(path: "Tests/Tools/kubernetes-validate.sh").path
            let (code, output) = try await Command.run(["sh", script, version, file.path])
            #expect(code == 0, "\(output)")
        }
    }

    @Test func shellOfJobsPassesShellcheck() async throws {
        try await withFolder { folder in
            var files: [String] = []
            for job in try Verawood.Shape.whole.rendered().all("Job") {
                let words = job.containers.first?["args"]?.items?.compactMap(\.text) ?? []
                try #require(words.count == 3 && words[0] == "bash", "\(job.name)")
                let file = folder.appending(path: job.name)
                try "#!/bin/bash \(words[1].dropLast())\n\(words[2])".write(
                    to: file, atomically: true, encoding: .utf8)
                files.append(file.path)
            }
            #expect(files.count == 21)
            let (code, output) = try await Command.run(["shellcheck"] + files)
            #expect(code == 0, "\(output)")
        }
    }

    @Test(arguments: Verawood.Shape.allCases) func settingsCanBeRead(shape: Verawood.Shape) async throws {
        let maps = try shape.rendered().all("ConfigMap")
        try await withFolder { folder in
            var python: [String] = []
            for map in maps {
                for entry in map.node["data"]?.entries ?? [] {
                    let text = entry.value.text ?? ""
                    if entry.key.hasSuffix(".env.yml") {
                        let diagnostics = Diagnostics()
                        let node = YAMLParser.document(text, file: entry.key, diagnostics: diagnostics)
                        #expect(diagnostics.items.isEmpty)
                        #expect(node?[path: ["DATABASES", "default", "PASSWORD"]]?.text == "")
                    } else if entry.key.hasSuffix(".py") {
                        let file = folder.appending(path: "\(map.name)-\(entry.key)")
                        try text.write(to: file, atomically: true, encoding: .utf8)
                        python.append(file.path)
                    }
                }
            }
            #expect(python.count >= 5)
            let (code, output) = try await Command.run(["python3", "-m", "py_compile"] + python)
            #expect(code == 0, "\(output)")
        }
    }

    @Test(arguments: Verawood.Shape.allCases) func caddyTakesItsFiles(shape: Verawood.Shape) async throws {
        let rendered = try shape.rendered()
        for name in ["caddy-config", "mfe-caddy-config"] {
            try await withFolder { folder in
                for entry in try rendered.one("ConfigMap", name).node["data"]?.entries ?? [] {
                    let text = (entry.value.text ?? "").replacing("/etc/caddy/", with: folder.path + "/")
                    try text.write(to: folder.appending(path: entry.key), atomically: true, encoding: .utf8)
                }
                let script = Ironwood.root.appending(path: "Tests/Tools/caddy-adapt.sh").path
                let (code, output) = try await Command.run([
                    "sh", script, folder.appending(path: "Caddyfile").path,
                ])
                #expect(code == 0, "\(output)")
            }
        }
    }

    @Test func nothingThatAnInventoryMayNameIsUnknown() throws {
        let edition = try Verawood.edition()
        let names = try #require(
            try Cluster.Surroundings.KnownEdition(folder: "openedx/verawood", in: Ironwood.files()))
        #expect(names.services == edition.services.map(\.name) && names.services == Verawood.services)
        #expect(names.stores.map(\.name) == edition.stores.map(\.name))
        #expect(Set(names.tls.map(\.name)) == Set(edition.tls.map(\.name)))
        #expect(edition.tls.first?.name == "none")
        #expect(names.ended.contains { $0.name == "ecommerce" && $0.reason.contains("gave it up") })
        #expect(names.tls.first { $0.name == "outside" }?.needs == ["trustedProxies"])
        #expect(Set(names.edges.map(\.name)) == Set(edition.edges.map(\.name)))
        #expect(edition.edges.first?.name == "node")
        #expect(names.edges.first { $0.name == "ingress" }?.tls == ["outside"])
        #expect(names.stores.first { $0.name == "mysql" }?.given == ["mysql-root-password"])
        #expect(names.options.contains("mfeHost"))
        #expect(names.sizes.map(\.name) == edition.sizes.map(\.name))
        #expect(names.sizes.map(\.users) == edition.sizes.map(\.users))
    }

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }
}
