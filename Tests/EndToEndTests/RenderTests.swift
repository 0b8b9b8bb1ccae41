import Foundation
import Testing
import YAML

@Suite struct RenderTests {
    private static let inventory = """
        cluster: campus
        hosts:
          - { name: a, address: 192.0.2.1, role: control-plane }
          - { name: b, address: 192.0.2.2, role: worker }
        openedx:
          edition: ironwood
          host: learn.example.edu

        """

    @Test func theSameBytesEveryTime() async throws {
        try await withTool { tool in
            try tool.write(Self.inventory, to: "inventory.yml")
            let first = try await tool.run(["render"])
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.output.contains("kind: PersistentVolumeClaim"))
            #expect(try await tool.run(["render"]).output == first.output)

            let files = try await tool.run(["render", "--output-dir", "out"])
            #expect(files.status == 0)
            let texts = try files.output.split(separator: "\n").filter { $0.hasSuffix("/objects.yml") }.map {
                try String(contentsOfFile: "\(tool.folder)/\($0)", encoding: .utf8)
            }
            #expect(texts.count > 1)
            let secret = first.output.split(separator: "---\n").filter { $0.contains("\nkind: Secret\n") }
            #expect(secret.count == 1)
            #expect(texts.joined() == first.output.replacing("---\n" + secret.joined(), with: ""))
        }
    }

    @Test func verawoodIsRenderedWhereNoEditionIsNamed() async throws {
        try await withTool { tool in
            let inventory = Self.inventory.replacing("  edition: ironwood\n", with: "")
            try tool.write(inventory + "  services: [notes]\n", to: "inventory.yml")
            let outcome = try await tool.run(["render"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("docker.io/overhangio/openedx:"))
            #expect(outcome.output.contains("docker.io/overhangio/openedx-notes:"))
            #expect(!outcome.output.contains("docker.io/overhangio/openedx-discovery:"))
        }
    }

    @Test func jsonIsAListOfObjects() async throws {
        try await withTool { tool in
            try tool.write(Self.inventory, to: "inventory.yml")
            let objects = try json(try await tool.run(["render", "--output", "json"]).output).items ?? []
            #expect(objects.count > 15)
            #expect(objects.allSatisfy { $0["kind"] != nil })
            let written = try await tool.run(["render", "--output-dir", "out", "--output", "json"])
            let files = try json(written.output)["files"]?.items?.compactMap(\.text) ?? []
            #expect(files.contains("out/00-foundations/objects.yml"))
        }
    }

    @Test func aFileBesideTheInventoryTakesTheBuiltInOnesPlace() async throws {
        try await withTool { tool in
            try tool.write(Self.inventory, to: "inventory.yml")
            try tool.write("nonsense: [", to: "manifests/openedx/ironwood/edition.yml")
            let outcome = try await tool.run(["render"])
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("manifests/openedx/ironwood/edition.yml:"))
        }
    }

    @Test func aFolderForGitIsDeployedInOrder() async throws {
        try await withTool { tool in
            try tool.write(Self.inventory, to: "inventory.yml")
            let words = ["render", "--output-dir", "./out", "--deliver", "flux"]
            let without = try await tool.run(words)
            #expect(without.status == 64 && without.errors.contains("--repository"))
            let outcome = try await tool.run(words + ["--repository", "https://git.example.edu/site"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            let text = try String(contentsOfFile: "\(tool.folder)/out/flux.yml", encoding: .utf8)
            #expect(text.contains("path: ./out/00-foundations\n"))
            let elsewhere = [
                "render", "--output-dir", "\(tool.folder)/b", "--deliver", "argo", "--repository", "x",
            ]
            #expect(try await tool.run(elsewhere).status == 64)
            #expect(try await tool.run(elsewhere + ["--repository-path", "a/b"]).status == 0)
            let argo = try String(contentsOfFile: "\(tool.folder)/b/argo.yml", encoding: .utf8)
            #expect(argo.contains("path: a/b\n"))
        }
    }

    @Test func withoutOpenEdXThereIsNothingToRender() async throws {
        try await withTool { tool in
            try tool.write(Self.inventory.replacing(/openedx:[\s\S]*/, with: ""), to: "inventory.yml")
            let outcome = try await tool.run(["render"])
            #expect(outcome.status == 65)
            #expect(outcome.errors.contains("openedx"))
        }
    }

    @Test func furtherApplicationsComeAfterOpenEdX() async throws {
        try await withTool { tool in
            let more = "applications:\n  test-server:\n  mediawiki: { host: wiki.example.edu }\n"
            try tool.write(Self.inventory + more, to: "inventory.yml")
            func kinds(_ words: [String]) async throws -> [String] {
                let outcome = try await tool.run(["render", "--output", "json"] + words)
                #expect(outcome.status == 0, "\(outcome.errors)")
                return (try json(outcome.output).items ?? []).compactMap { object in
                    object["kind"]?.text == "Namespace" ? object["metadata"]?["name"]?.text : nil
                }
            }
            #expect(try await kinds([]) == ["openedx", "test-server", "mediawiki"])
            #expect(try await kinds(["--application", "mediawiki"]) == ["mediawiki"])
            let unknown = try await tool.run(["render", "--application", "wiki"])
            #expect(unknown.status == 64)
            #expect(unknown.errors.contains("it has openedx, test-server, mediawiki"))

            let folder = try await tool.run([
                "render", "--output-dir", "out", "--deliver", "flux", "--repository",
                "https://git.example.edu/x",
            ])
            #expect(folder.output.contains("out/test-server/01-services/objects.yml\n"), "\(folder.errors)")
            let flux = try String(contentsOfFile: "\(tool.folder)/out/mediawiki/flux.yml", encoding: .utf8)
            #expect(flux.contains("path: ./out/mediawiki/00-foundations\n"))
            let valid = try await tool.run(["validate"])
            #expect(
                valid.output.contains(
                    "Open edX ironwood at learn.example.edu, test-server, mediawiki at wiki"))
        }
    }

    @Test func aFolderBesideTheInventoryIsAnApplication() async throws {
        try await withTool { tool in
            try tool.write(
                Self.inventory.replacing(/openedx:[\s\S]*/, with: "applications: { shop: }\n"),
                to: "inventory.yml")
            try tool.write(
                "edition: '1'\ntitle: Shop\nwaves: [{ name: all, files: [all.yml] }]\n",
                to: "manifests/shop/edition.yml")
            try tool.write(
                """
                apiVersion: v1
                kind: Namespace
                metadata: { name: '${shop.namespace}' }
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: { name: words }
                data:
                  words.py: |
                    if True:
                        ${shared.words}

                """, to: "manifests/shop/all.yml")
            try tool.write("print('${shop.namespace}')\nprint()\n", to: "manifests/shop/shared/words.py")
            let outcome = try await tool.run(["render"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.contains("  name: shop\n"))
            #expect(
                outcome.output.contains("    if True:\n        print('shop')\n        print()\n"),
                "\(outcome.output)")
            try tool.write("print('${shop.namespase}')\n", to: "manifests/shop/shared/words.py")
            let wrong = try await tool.run(["render"])
            #expect(wrong.status == 65)
            #expect(
                wrong.errors.contains(
                    "manifests/shop/shared/words.py:1:8: there is no value ${shop.namespase}"),
                "\(wrong.errors)")
        }
    }
}
