import Foundation
import Inventory
import Manifests
import TestSupport
import Testing
import YAML

/// The applications besides Open edX, each a folder of manifests and no code.
@Suite struct OtherApplicationTests {
    @Test func aFolderIsAllThatAnApplicationNeeds() throws {
        #expect(try Edition.applications(in: Ironwood.files()) == ["mediawiki", "test-server"])
        #expect(try Edition.available(in: Ironwood.files()) == ["ironwood", "verawood"])
    }

    @Test(arguments: ["mediawiki", "test-server"]) func isAsItWas(application: String) throws {
        let yaml = try OtherApplication.rendered(application).yaml
        #expect(try OtherApplication.rendered(application).yaml == yaml, "the same bytes each time")
        try Golden.expect(yaml, is: "\(application).yml", in: .module)
    }

    @Test(arguments: ["mediawiki", "test-server"], ["1.20", "1.37"])
    func isValidKubernetes(application: String, version: String) async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yml")
        defer { try? FileManager.default.removeItem(at: file) }
        let secrets = SecretValues(["admin-password": "x"])
        let yaml = try OtherApplication.rendered(
            application, Ironwood.nfs, kubernetes: version, secrets: secrets
        ).yaml
        try yaml.write(to: file, atomically: true, encoding: .utf8)
        let script = Ironwood.root.appending(path: "Tests/Tools/kubernetes-validate.sh").path
        let (code, output) = try await Command.run(["sh", script, version, file.path])
        #expect(code == 0, "\(output)")
    }

    @Test func theWikiHasASecretAndAnOwnerOfItsOwn() throws {
        let rendered = try OtherApplication.rendered(
            "mediawiki", secrets: SecretValues(["admin-password": "let me in"]))
        #expect(rendered.application == "mediawiki")
        let secret = try rendered.one("Secret", "mediawiki-secrets")
        #expect(secret.node["data"]?["admin-password"]?.text == "bGV0IG1lIGlu")
        for object in rendered.objects {
            let labels = object.node[path: ["metadata", "labels"]]
            #expect(labels?["app.kubernetes.io/part-of"]?.text == "mediawiki")
            #expect(labels?[Owner.label]?.text == "mediawiki")
        }
        try rendered.expectServicePortsOfContainers()
    }

    @Test func theWikisNameIsNoCode() throws {
        let name = "Ada's ${wiki}'; exit('"
        let rendered = try OtherApplication.rendered("mediawiki") { $0.platformName = name }
        let settings = try rendered.one("ConfigMap", "mediawiki-settings").node["data"]
        #expect(settings?["LocalSettings.php"]?.text?.contains("Ada") == false)
        let environment = try rendered.one("Deployment", "mediawiki").containers.first?["env"]?.items ?? []
        let own = try #require(environment.first { $0["name"]?.text == "MEDIAWIKI_NAME" })
        #expect(own["value"]?.text == name)
    }

    @Test func shellOfJobsPassesShellcheck() async throws {
        for job in try OtherApplication.rendered("mediawiki").all("Job") {
            let words = job.containers.first?["args"]?.items?.compactMap(\.text) ?? []
            try #require(words.count == 3 && words[0] == "bash", "\(job.name)")
            let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            defer { try? FileManager.default.removeItem(at: file) }
            try "#!/bin/bash \(words[1].dropLast())\n\(words[2])".write(
                to: file, atomically: true, encoding: .utf8)
            let (code, output) = try await Command.run(["shellcheck", file.path])
            #expect(code == 0, "\(job.name): \(output)")
        }
    }

    @Test func theTestServerIsThreeBehindAPort() throws {
        let rendered = try OtherApplication.rendered("test-server")
        #expect(try rendered.one("Deployment", "test-server").replicas == 3)
        let service = try rendered.one("Service", "test-server").node
        #expect(service[path: ["spec", "type"]]?.text == "NodePort")
        #expect(rendered.healthPages.map(\.url) == ["http://test-server.test-server:8080/"])
        #expect(rendered.folders.isEmpty)
        try rendered.expectServicePortsOfContainers()
    }

    /// PersistentVolumes and node ports belong to the whole cluster.
    @Test func applicationsGetAlongInOneCluster() throws {
        let all = try [
            Verawood.rendered { $0.edge = "nodePorts" }, Ironwood.rendered(),
            OtherApplication.rendered("mediawiki"),
            OtherApplication.rendered("test-server"),
        ]
        let volumes = all.dropFirst().map { $0.all("PersistentVolume").map(\.name) }
        #expect(Set(volumes.joined()).count == volumes.joined().count)
        #expect(Set(all[0].all("PersistentVolume").map(\.name)).isDisjoint(with: volumes[1]))
        for platform in all.prefix(2) {
            let ports = [platform, all[2], all[3]].flatMap { $0.all("Service") }.flatMap { service in
                (service.node[path: ["spec", "ports"]]?.items ?? []).compactMap { $0["nodePort"]?.text }
            }
            #expect(Set(ports).count == ports.count)
        }
    }

    @Test func whatTheyAskOfNodesIsAddedUp() throws {
        let demands = try [OtherApplication.rendered("test-server").demand, Verawood.rendered().demand]
        let sum = try #require(Demand(of: demands))
        #expect(sum.size == "small")
        #expect(sum.workloads.count == demands[0].workloads.count + demands[1].workloads.count)
        #expect(Demand(of: []) == nil)
    }
}
