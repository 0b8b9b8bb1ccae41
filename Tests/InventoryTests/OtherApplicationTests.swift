import Inventory
import Testing

/// The part `applications` of an inventory.
@Suite struct OtherApplicationTests {
    private func reading(_ text: String) -> Reading {
        var around = surroundings()
        around.applications = ["mediawiki", "test-server"]
        around.edition = { folder in
            switch folder {
            case "openedx/ironwood": .init(images: [], replicas: [], claims: [], secrets: [])
            case "mediawiki":
                .init(
                    images: ["mysql"], replicas: ["mediawiki"], claims: ["mediawiki-mysql"],
                    secrets: ["admin-password"], options: ["host", "platformName"])
            case "test-server":
                .init(images: ["busybox"], replicas: ["test-server"], claims: [], secrets: [])
            default: nil
            }
        }
        return InventoryTests.reading(inventory(text), in: around)
    }

    @Test func eachIsReadLikeThePlatform() throws {
        let reading = reading(
            """
            applications:
              test-server:
              mediawiki:
                host: wiki.example.edu
                namespace: wiki
                storage: { local: { root: /srv, node: node1 } }
                secrets: { admin-password: { env: WIKI } }
                replicas: { mediawiki: 2 }
            openedx: { edition: ironwood, host: learn.example.edu }
            """)
        #expect(reading.problems == [])
        let applications = try #require(reading.cluster?.applications)
        #expect(applications.map(\.application) == ["openedx", "test-server", "mediawiki"])
        #expect(applications.map(\.namespace) == ["openedx", "test-server", "wiki"])
        #expect(applications.map(\.folder) == ["openedx/ironwood", "test-server", "mediawiki"])
        #expect(applications.map(\.host) == ["learn.example.edu", "", "wiki.example.edu"])
        #expect(applications[2].storage == .local(root: "/srv", node: "node1"))
        #expect(applications[2].replicas.map(\.count) == [2])
        #expect(reading.cluster?.openedx?.application == "openedx")
    }

    @Test func withoutThePlatformThereIsNone() {
        let reading = reading("applications: { test-server: {} }\n")
        #expect(reading.cluster?.openedx == nil)
        #expect(reading.cluster?.applications.count == 1)
    }

    @Test(arguments: [
        ("mediawki: {}", "5:17: there is no application 'mediawki'; did you mean 'mediawiki'?"),
        ("openedx: {}", "5:17: there is no application 'openedx'; it has a part of its own"),
        ("mediawiki: {}", "the application 'mediawiki' has no 'host'"),
        ("mediawiki: 5", "5:28: the application 'mediawiki' must be a mapping"),
        ("test-server: { host: a.example }", "the application 'test-server' has no key 'host'"),
        (
            "test-server: { size: small }",
            "'size' of the application 'test-server' means nothing to it"
        ),
        (
            "mediawiki: { host: a.example, edition: verawood }",
            "the application 'mediawiki' has no key 'edition'"
        ),
        (
            "mediawiki: { host: a.example, volumeNodes: { mediawiki-mysql: node9 } }",
            "no host has the name 'node9'"
        ),
        (
            "mediawiki: { host: a.example, secrets: { admin: { env: A } } }",
            "'secrets' of the application 'mediawiki' names 'admin'"
        ),
        (
            "test-server: {}, mediawiki: { host: a.example, namespace: test-server }",
            "has the namespace 'test-server', which the application 'test-server' has already"
        ),
    ]) func whatIsWrongIsSaid(text: String, problem: String) {
        let problems = reading("applications: { \(text) }\n").problems
        #expect(problems.contains { $0.contains(problem) }, "\(problems)")
    }
}
