import Manifests
import Testing
import YAML

/// Faults of the original's Services and names, by their number in the list of its faults.
@Suite struct NameFaults {
    @Test func b1EveryServiceOfTheFifteenHasAService() throws {
        let rendered = try Ironwood.rendered()
        for name in fifteen {
            let service = try rendered.one("Service", name)
            let selected = rendered.services.filter { workload in
                service.selector.allSatisfy { workload.podLabels[$0.key] == $0.value }
            }
            #expect(selected.map(\.name) == [name])
        }
    }

    @Test func b2EveryFileOfTheEditionIsApplied() throws {
        var files = try Ironwood.files()
        files.append(
            ManifestFile(
                path: "manifests/openedx/ironwood/forgotten.yml",
                text: "apiVersion: v1\nkind: Service\nmetadata: { name: forgotten }\n"))
        let diagnostics = Diagnostics()
        let edition = Edition.read(
            folder: "manifests/openedx/ironwood", files: files, diagnostics: diagnostics)
        #expect(edition == nil)
        #expect(diagnostics.items.map(\.message).contains { $0.contains("forgotten.yml belongs to no wave") })
    }

    /// The names that the images dial (and a port that each must answer on).
    static let dialled: [(name: String, port: Int)] = [
        ("edx.devstack.mysql", 3306), ("edx.devstack.mongo", 27017), ("edx.devstack.memcached", 11211),
        ("edx.devstack.elasticsearch", 9200), ("edx.devstack.lms", 18000), ("edx.devstack.studio", 18010),
        ("edx.devstack.ecommerce", 18130), ("edx.devstack.discovery", 18381),
        ("edx.devstack.credentials", 18150), ("edx.devstack.forum", 4567), ("edx.devstack.devpi", 3141),
        ("edx.devstack.edxnotesapi", 18120), ("edx.devstack.chrome", 4444), ("edx.devstack.firefox", 4444),
    ]

    @Test(arguments: dialled) func b3NamesOfTheImagesLeadToTheirService(name: String, port: Int) throws {
        let rendered = try Ironwood.rendered()
        for workload in rendered.workloads {
            let aliases = workload.pod[path: ["spec", "hostAliases"]]?.items ?? []
            let alias = try #require(
                aliases.first { alias in alias["hostnames"]?.items?.contains { $0.text == name } ?? false },
                "\(workload.name) does not know \(name)")
            let service = try #require(
                rendered.all("Service").first {
                    $0.node[path: ["spec", "clusterIP"]]?.text == alias["ip"]?.text
                })
            #expect(service.ports.map(\.port).contains(port))
        }
    }

    @Test func b3EveryNameInSettingsAndCommandsIsKnown() throws {
        let rendered = try Ironwood.rendered()
        let known = Set(NameFaults.dialled.map(\.name))
        let dialled = rendered.objects.flatMap { object in
            object.node.texts.flatMap { text in
                text.matches(of: /edx\.devstack\.[a-z_]+/).map { String($0.output) }
            }
        }
        #expect(!dialled.isEmpty)
        #expect(Set(dialled).subtracting(known) == ["edx.devstack.gradebook"])
    }

    @Test func b3AddressesLieInTheNetworkOfServices() throws {
        let openedx = Ironwood.openedx()
        let edition = try Ironwood.edition()
        let small = try Ironwood.cluster(openedx, serviceNetwork: "198.51.100.64/26")
        let rendered = try Renderer(edition: edition, cluster: small, part: openedx).render()
        let addresses = rendered.all("Service").compactMap { $0.node[path: ["spec", "clusterIP"]]?.text }
            .filter { $0 != "None" }
        #expect(addresses.count == 15)
        #expect(Set(addresses).count == 15)
        #expect(addresses.contains("198.51.100.75"))
        #expect(!addresses.contains("198.51.100.74"), "the tenth is DNS")

        let tiny = try Ironwood.cluster(openedx, serviceNetwork: "198.51.100.64/28")
        let error = #expect(throws: InvalidInput.self) {
            try Renderer(edition: edition, cluster: tiny, part: openedx).render()
        }
        #expect(error?.diagnostics.first?.message.contains("has no room for") == true)
    }

    @Test func b4NoNameHasAnUnderscore() throws {
        let rendered = try Ironwood.rendered()
        for object in rendered.objects { #expect(object.name.wholeMatch(of: /[a-z0-9.-]+/) != nil) }
        for text in rendered.objects.flatMap(\.node.texts) {
            #expect(!text.contains("edx.devstack.edx_notes_api"))
        }
    }

    @Test func b5ServicePortIsContainerPort() throws {
        let rendered = try Ironwood.rendered()
        try rendered.expectServicePortsOfContainers()
        for browser in ["chrome", "firefox"] {
            #expect(try rendered.one("Service", browser).ports.map(\.port) == [4444, 5900])
        }
    }

    @Test func b6BrowsersReachThePlatform() throws {
        let rendered = try Ironwood.rendered()
        for (name, port) in [("lms", "30080"), ("studio", "30081")] {
            let service = try rendered.one("Service", name)
            #expect(service.node[path: ["spec", "type"]]?.text == "NodePort")
            #expect(service.node[path: ["spec", "ports"]]?.items?.first?["nodePort"]?.text == port)
        }
        for text in rendered.objects.flatMap(\.node.texts) { #expect(!text.contains("localhost:")) }
    }

    @Test func b7MemcachedIsDialledOnItsPort() throws {
        for text in try Ironwood.rendered().objects.flatMap(\.node.texts) {
            for match in text.matches(of: /devstack\.memcached:([0-9]+)/) {
                #expect(match.output.1 == "11211")
            }
            #expect(!text.contains("12211"))
        }
    }

    @Test func b8NoPodGetsTheServicesInItsEnvironment() throws {
        for workload in try Ironwood.rendered().workloads {
            #expect(workload.pod[path: ["spec", "enableServiceLinks"]]?.resolved == .bool(false))
        }
    }

    @Test func b9NoPodSetsAHostName() throws {
        for workload in try Ironwood.rendered().workloads {
            #expect(workload.pod[path: ["spec", "hostname"]] == nil)
        }
    }
}
