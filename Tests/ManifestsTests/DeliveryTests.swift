import Manifests
import Testing
import YAML

/// The folder for git, and who deploys it in what order.
@Suite struct DeliveryTests {
    private let rendered = Result { try Verawood.Shape.whole.rendered(secrets: SecretValues(["a": "b"])) }

    @Test func filesHoldWhatTheStreamHolds() throws {
        let rendered = try rendered.get()
        let files = rendered.files(withSecrets: true)
        let objects = files.filter { $0.name.hasSuffix("/objects.yml") }
        #expect(objects.map(\.text).joined() == rendered.yaml)
        #expect(
            objects.map(\.name).prefix(2) == ["00-foundations/objects.yml", "01-data-stores/objects.yml"])
        for file in files where file.name.hasSuffix("kustomization.yaml") {
            let folder = file.name.dropLast("kustomization.yaml".count)
            let node = try #require(documents(file.text).first)
            let resources = (node["resources"]?.items ?? []).compactMap(\.text)
            #expect(!resources.isEmpty)
            for resource in resources {
                #expect(files.contains { $0.name == "\(folder)\(resource)" }, "\(file.name): \(resource)")
            }
        }
        #expect(files.count == 2 * objects.count + 1)
    }

    @Test(arguments: [nil] + Delivery.Program.allCases) func noSecretIsThereUnasked(
        program: Delivery.Program?
    ) throws {
        for isWanted in [false, true] {
            let files = try rendered.get().files(withSecrets: isWanted, delivery: program.map(delivery))
            #expect(files.contains { $0.text.contains("kind: Secret\n") } == isWanted)
        }
    }

    @Test func argoAppliesWaveAfterWave() throws {
        let rendered = try rendered.get()
        let files = rendered.files(withSecrets: true, delivery: delivery(.argo))
        let wave = ["metadata", "annotations", "argocd.argoproj.io/sync-wave"]
        var last = 0
        for file in files where file.name.hasSuffix("/objects.yml") {
            let waves = Set(documents(file.text).compactMap { $0[path: wave]?.text.flatMap { Int($0) } })
            #expect(waves == [last], "\(file.name)")
            last += 1
        }
        #expect(last == rendered.waves.count + 1)
        let application = try #require(files.last)
        #expect(application.name == "argo.yml")
        let spec = documents(application.text).first?["spec"]
        #expect(spec?[path: ["source", "path"]]?.text == "sites/campus")
        #expect(!(files.dropLast().last?.text.contains("argo.yml") ?? true))
    }

    @Test func fluxWaitsForThePartBefore() throws {
        let rendered = try rendered.get()
        let files = rendered.files(withSecrets: false, delivery: delivery(.flux))
        let objects = documents(try #require(files.last { $0.name == "flux.yml" }).text)
        #expect(objects.first?["kind"]?.text == "GitRepository")
        let parts = Array(objects.dropFirst())
        #expect(parts.count == rendered.waves.count + 1)
        for (number, part) in parts.enumerated() {
            let spec = part["spec"]
            let before = spec?["dependsOn"]?.items?.first?["name"]?.text
            #expect(before == (number == 0 ? nil : parts[number - 1][path: ["metadata", "name"]]?.text))
            #expect(spec?["wait"]?.text == "true")
            #expect((spec?["prune"]?.text == "true") == (number > 0))
            let path = spec?["path"]?.text?.replacing("./sites/campus/", with: "") ?? ""
            #expect(files.contains { $0.name == "\(path)/kustomization.yaml" }, "\(path)")
        }
    }

    private func delivery(_ program: Delivery.Program) -> Delivery {
        Delivery(
            program: program, repository: "https://git.example.edu/site", revision: "main",
            path: "sites/campus")
    }

    private func documents(_ text: String) -> [Node] {
        YAMLParser.documents(Array(text.utf8), file: "", diagnostics: Diagnostics())
    }
}
