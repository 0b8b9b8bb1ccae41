import Manifests
import Testing
import YAML

@testable import Inventory

/// What a change of the inventory rolls: the pods that it touches, and no others.
@Suite struct RollingTests {
    /// A change and the workloads whose pods are other ones after it.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rolled: [String]
        let change: @Sendable (inout ApplicationPart) -> Void

        init(
            _ words: String, _ rolled: [String], _ change: @escaping @Sendable (inout ApplicationPart) -> Void
        ) {
            testDescription = words
            self.rolled = rolled.sorted()
            self.change = change
        }
    }

    /// Those that run the platform.
    private static let platform = ["lms", "lms-worker", "cms", "cms-worker"]
    private static let others = ["caddy", "credentials", "discovery", "mfe", "notes", "xqueue"]
    private static let stores = [
        "elasticsearch", "meilisearch", "mongodb", "mysql", "redis", "redis-cache", "smtp",
    ]

    static let changes = [
        Change("nothing", []) { _ in },
        Change("its name", platform + ["credentials", "discovery"]) { $0.platformName = "Courses" },
        Change("its mail address", platform + ["caddy"]) { $0.contactEmail = "help@example.edu" },
        Change("its language", platform + ["discovery"]) { $0.language = "fr" },
        Change("Studio's host", platform + ["caddy"]) { $0.studioHost = "authors.learn.example.edu" },
        Change("the host of pages", platform + ["caddy", "credentials"]) {
            $0.mfeHost = "pages.learn.example.edu"
        },
        Change("HTTPS", platform + ["caddy", "credentials", "discovery"]) { $0.tls = "acme" },
        Change("the database elsewhere", platform + ["credentials", "discovery", "notes", "xqueue"]) {
            $0.stores = [.init(name: "mysql", host: "db.example.edu", port: nil)]
        },
        Change("courses elsewhere", platform) {
            $0.stores = [.init(name: "mongodb", host: "db.example.edu", port: nil)]
        },
        Change("queues elsewhere", platform + ["discovery"]) {
            $0.stores = [.init(name: "redis", host: "queue.example.edu", port: nil)]
        },
        Change("the cache elsewhere", platform + ["discovery"]) {
            $0.stores = [.init(name: "redisCache", host: "cache.example.edu", port: nil)]
        },
        Change("mail elsewhere", platform + ["credentials", "discovery"]) {
            $0.stores = [.init(name: "smtp", host: "mail.example.edu", port: nil)]
        },
        Change("a service off", platform + ["caddy"]) { $0.services.removeAll { $0 == "notes" } },
        Change("the image of the platform", platform) {
            $0.images = [(name: "openedx", reference: "registry.example.edu/own:1")]
        },
        Change("the image of pages", ["mfe"]) {
            $0.images = [(name: "mfe", reference: "registry.example.edu/own:1")]
        },
        Change("the registry", platform + others + stores) { $0.registry = "registry.example.edu" },
        Change("replicas", []) { $0.replicas = [(service: "lms", count: 1)] },
        Change("the node of a volume", []) { $0.volumeNodes = [(claim: "mysql", node: "node2")] },
        Change("the size", platform + others + stores) { $0.size = "medium" },
    ]

    @Test(arguments: changes) func aChangeRollsWhatItTouches(change: Change) throws {
        let before = try templates { _ in }
        let after = try templates(change.change)
        let rolled = before.keys.filter { after[$0] != nil && after[$0] != before[$0] }
        #expect(rolled.sorted() == change.rolled)
    }

    @Test func addressesOfTheBalancerRollTheEdgeAlone() throws {
        func change(_ address: String) -> (inout ApplicationPart) -> Void {
            {
                $0.tls = "outside"
                $0.trustedProxies = [CIDR(address)].compactMap { $0 }
            }
        }
        let before = try templates(change("192.0.2.0/28"))
        let after = try templates(change("192.0.2.16/28"))
        #expect(before.keys.filter { after[$0] != before[$0] } == ["caddy"])
    }

    /// The pod templates of everything that runs for good, with all services on.
    private func templates(_ change: (inout ApplicationPart) -> Void) throws -> [String: String] {
        let rendered = try Verawood.rendered {
            $0.services = Verawood.services
            change(&$0)
        }
        return Dictionary(
            uniqueKeysWithValues: rendered.services.map { ($0.name, $0.pod.json(sorted: true)) })
    }
}
