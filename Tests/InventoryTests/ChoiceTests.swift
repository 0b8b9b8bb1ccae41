import Inventory
import Testing
import YAML

/// What an inventory chooses in an edition that lets it choose.
@Suite struct ChoiceTests {
    /// An edition with all that can be chosen.
    private static let edition = Cluster.Surroundings.KnownEdition(
        images: ["lms"], replicas: ["lms"], claims: ["mysql"],
        secrets: ["mysql-root-password", "s3-secret-key", "redis-password", "smtp-password"],
        options: [
            "studioHost", "mfeHost", "platformName", "contactEmail", "language", "tls", "trustedProxies",
            "certificate", "edge", "ingressClass", "services", "stores", "size", "users", "maxReplicas",
            "autoscaler", "s3",
        ],
        services: ["notes", "forum"], ended: [("ecommerce", "its makers gave it up")],
        tls: [("none", []), ("acme", []), ("files", ["certificate"]), ("outside", ["trustedProxies"])],
        edges: [
            ("node", [], []), ("nodePorts", ["trustedProxies"], []),
            ("ingress", ["ingressClass"], ["outside"]),
        ],
        stores: [
            .init(name: "mysql", given: ["mysql-root-password"]),
            .init(name: "search", tls: ["false", "true"], needsAuthority: true),
            .init(name: "redis", password: "redis-password", tls: ["false", "true"], more: ["source"]),
            .init(
                name: "smtp", password: "smtp-password", needsUser: true,
                tls: ["none", "starttls", "implicit"]),
        ],
        sizes: [("small", 100), ("medium", 1000)], autoscalers: ["hpa", "keda"],
        buckets: ["media", "grades"],
        bucketSecrets: ["s3-secret-key"])

    /// The surroundings of the tests with that edition as Verawood.
    static func surroundings(editions: [String] = ["ironwood", "verawood"]) -> Cluster.Surroundings {
        var around = InventoryTests.surroundings()
        around.editions = editions
        around.edition = { name in
            name == "openedx/verawood"
                ? Self.edition : .init(images: [], replicas: [], claims: [], secrets: [])
        }
        return around
    }

    /// Reads a part `openedx`, whose first line is the sixth of the file.
    func reading(_ openedx: String, editions: [String] = ["ironwood", "verawood"]) -> Reading {
        let text = inventory("openedx:\n" + openedx.split(separator: "\n").map { "  \($0)\n" }.joined())
        return InventoryTests.reading(text, in: Self.surroundings(editions: editions))
    }

    @Test func verawoodIsWhatAnInventoryGetsThatNamesNone() throws {
        #expect(reading("host: a.example").cluster?.openedx?.edition == "verawood")
        let without = reading("host: a.example", editions: ["ironwood"])
        #expect(without.problems.first?.contains("the part 'openedx' has no 'edition'") == true)
    }

    @Test func choicesAreRead() throws {
        let reading = reading(
            """
            host: learn.example.edu
            studioHost: authors.learn.example.edu
            mfeHost: pages.learn.example.edu
            platformName: Indian Institute's courses
            contactEmail: help+courses@example.edu
            language: es-419
            tls: outside
            trustedProxies: [192.0.2.0/28, 192.0.2.20]
            services: [notes, forum]
            stores: { mysql: { host: db.example.edu, port: 3307 }, redis: { host: 192.0.2.7 } }
            secrets: { mysql-root-password: { env: ROOT } }
            registry: registry.example.edu/mirror
            size: medium
            edge: ingress
            ingressClass: traefik
            maxReplicas: { lms: 6 }
            autoscaler: keda
            """)
        #expect(reading.problems == [])
        let openedx = try #require(reading.cluster?.openedx)
        #expect(openedx.studioHost == "authors.learn.example.edu")
        #expect(openedx.mfeHost == "pages.learn.example.edu")
        #expect(openedx.platformName == "Indian Institute's courses")
        #expect(openedx.contactEmail == "help+courses@example.edu")
        #expect(openedx.language == "es-419")
        #expect(openedx.tls == "outside")
        #expect(openedx.trustedProxies.map(\.description) == ["192.0.2.0/28", "192.0.2.20/32"])
        #expect(openedx.services == ["notes", "forum"])
        #expect(openedx.stores.map(\.host).sorted() == ["192.0.2.7", "db.example.edu"])
        #expect(openedx.stores.first { $0.name == "mysql" }?.port == 3307)
        #expect(openedx.registry == "registry.example.edu/mirror")
        #expect(openedx.size == "medium")
        #expect(openedx.edge == "ingress" && openedx.ingressClass == "traefik")
        #expect(openedx.maxReplicas.map { "\($0.service) \($0.count)" } == ["lms 6"])
        #expect(openedx.autoscaler == "keda")
    }

    @Test func anObjectStoreIsRead() throws {
        let reading = reading(
            """
            host: learn.example.edu
            s3: { endpoint: 'https://s3.example.edu', region: eu-1, addressing: path, buckets: { grades: reports } }
            secrets: { s3-secret-key: { env: KEY } }
            """)
        #expect(reading.problems == [])
        let wanted = ObjectStore(
            endpoint: "https://s3.example.edu", region: "eu-1", addressing: .path,
            buckets: [.init(name: "grades", bucket: "reports")])
        #expect(reading.cluster?.openedx?.s3 == wanted)
    }

    @Test func aCertificateStandsWhereTheInventoryDoes() throws {
        let reading = reading(
            "host: learn.example.edu\ntls: files\ncertificate: { chain: secrets/mysql, key: open }")
        #expect(
            reading.cluster?.openedx?.certificate == .init(chain: "lab/secrets/mysql", key: "lab/open"))
        #expect(reading.problems.count == 1 && reading.problems[0].contains("others may read (mode 0644)"))
    }

    @Test(arguments: [(1, "small"), (100, "small"), (101, "medium"), (1000, "medium")])
    func learnersAreASize(users: Int, size: String) {
        let reading = reading("host: learn.example.edu\nusers: \(users)")
        #expect(reading.problems == [] && reading.cluster?.openedx?.size == size)
    }

    /// A part that is wrong, and what is said about it; line 5 is `openedx:`, 6 is `host: learn.example.edu`.
    private static let wrong: [(String, String)] = [
        (
            "mfeHost: apps.example.edu",
            "7:12: 'mfeHost' of the part 'openedx' is 'apps.example.edu', which does not lie below the LMS's 'learn.example.edu', so browsers would not send the login there; write something like apps.learn.example.edu"
        ),
        (
            "studioHost: studio.example.edu",
            "7:15: 'studioHost' of the part 'openedx' is 'studio.example.edu', which"
        ),
        (
            "mfeHost: learn.example.edu",
            "7:12: 'mfeHost' of the part 'openedx' is 'learn.example.edu', which does"
        ),
        ("mfeHost: studio.learn.example.edu", "7:12: 'mfeHost' of the part 'openedx' is Studio's"),
        (
            "services: [note]",
            "7:14: 'services' of the part 'openedx' names 'note', and the edition has no such service; did you mean 'notes'?"
        ),
        (
            "services: [notes, ecommerce]",
            "7:21: 'services' of the part 'openedx' names 'ecommerce': its makers gave it up; take it out"
        ),
        ("services: [notes, notes]", "7:21: 'services' of the part 'openedx' names 'notes' twice"),
        ("tls: acmee", "7:8: 'tls' of the part 'openedx' cannot be 'acmee'; did you mean 'acme'?"),
        ("tls: files", "7:8: 'tls' of the part 'openedx' is 'files' and there is no 'certificate'"),
        (
            "tls: files\ncertificate: { chain: secrets/mysql }",
            "8:16: 'certificate' of the part 'openedx' has no 'key'"
        ),
        (
            "tls: files\ncertificate: { chain: nothing, key: secrets/mysql }",
            "8:25: 'chain' of 'certificate' of the part 'openedx': there is no file 'nothing'"
        ),
        (
            "certificate: { chain: secrets/mysql, key: secrets/mysql }",
            "7:16: 'certificate' of the part 'openedx' counts with 'tls: files' alone"
        ),
        ("tls: outside", "7:8: 'tls' of the part 'openedx' is 'outside' and there is no 'trustedProxies'"),
        (
            "trustedProxies: [192.0.2.1]",
            "7:19: 'trustedProxies' of the part 'openedx' counts with 'tls: outside' or 'edge: nodePorts' alone"
        ),
        (
            "edge: nodeports",
            "7:9: 'edge' of the part 'openedx' cannot be 'nodeports'; did you mean 'nodePorts'?"
        ),
        (
            "edge: nodePorts",
            "7:9: 'edge' of the part 'openedx' is 'nodePorts' and there is no 'trustedProxies'"
        ),
        (
            "edge: ingress\ntls: outside\ntrustedProxies: [192.0.2.1]",
            "7:9: 'edge' of the part 'openedx' is 'ingress' and there is no 'ingressClass'"
        ),
        (
            "edge: ingress\ntls: acme\ningressClass: traefik",
            "7:9: 'edge' of the part 'openedx' is 'ingress', which goes with 'tls: outside' alone; set 'tls' to that"
        ),
        (
            "ingressClass: traefik",
            "7:17: 'ingressClass' of the part 'openedx' counts with 'edge: ingress' alone"
        ),
        (
            "trustedProxies: [lb]",
            "7:20: 'trustedProxies' of the part 'openedx' must be addresses or networks, not 'lb'"
        ),
        (
            "stores: { mysql: { host: db.example.edu } }",
            "7:11: the store 'mysql' is outside, so its secret 'mysql-root-password' cannot be made up"
        ),
        (
            "stores: { mysq: { host: db.example.edu } }",
            "7:13: 'stores' of the part 'openedx' names 'mysq', and the edition has no such store; did you mean 'mysql'?"
        ),
        (
            "maxReplicas: { lsm: 4 }",
            "7:18: 'maxReplicas' of the part 'openedx' names 'lsm', and the edition has no such service with replicas; did you mean 'lms'?"
        ),
        (
            "maxReplicas: { lms: 0 }",
            "7:23: 'lms' of 'maxReplicas' of the part 'openedx' must lie between 1 and 1000"
        ),
        ("autoscaler: keda", "7:15: 'autoscaler' of the part 'openedx' counts with 'maxReplicas' alone"),
        (
            "s3: { endpoint: s3.example.edu }",
            "7:7: files are in an object store, so its secret 's3-secret-key' cannot be made up"
        ),
        (
            "s3: { endpoint: 'https://a:b@s3.example.edu' }\nsecrets: { s3-secret-key: { env: KEY } }",
            "7:19: 'endpoint' of 's3' of the part 'openedx' must be a URL without a login"
        ),
        (
            "s3: { endpoint: 'https://s3.example.edu', buckets: { grade: b } }\nsecrets: { s3-secret-key: { env: KEY } }",
            "names 'grade', and the edition has no such bucket; did you mean 'grades'?"
        ),
        ("stores: { redis: { port: 1 } }", "7:20: the store 'redis' of the part 'openedx' has no 'host'"),
        ("platformName: 'a \"b\"'", "7:17: 'platformName' of the part 'openedx' must be a name"),
        ("platformName: $(reboot)", "7:17: 'platformName' of the part 'openedx' must be a name"),
        ("contactEmail: help", "7:17: 'contactEmail' of the part 'openedx' must be a mail address"),
        (
            "contactEmail: \"a'b@example.edu\"",
            "7:17: 'contactEmail' of the part 'openedx' must be a mail address"
        ),
        ("language: English", "7:13: 'language' of the part 'openedx' must be the code of a language"),
        ("size: smal", "7:9: 'size' of the part 'openedx' cannot be 'smal'; did you mean 'small'?"),
        (
            "size: small\nusers: 10",
            "8:10: 'size' and 'users' of the part 'openedx' both say how large it is; keep one of them"
        ),
        (
            "users: 1001",
            "7:10: 'users' of the part 'openedx' is 1001, and the largest size 'medium' is for 1000 learners at once; write 1000"
        ),
        ("users: 0", "7:10: 'users' of the part 'openedx' must lie between 1 and"),
        ("users: many", "7:10: 'users' of the part 'openedx' must be a whole number"),
        (
            "edition: ironwood\nsize: small",
            "8:9: 'size' of the part 'openedx' means nothing to the edition 'ironwood'; take it out"
        ),
        (
            "edition: ironwood\nusers: 10",
            "8:10: 'users' of the part 'openedx' means nothing to the edition 'ironwood'; take it out"
        ),
        (
            "edition: ironwood\ntls: acme",
            "8:8: 'tls' of the part 'openedx' means nothing to the edition 'ironwood'"
        ),
        (
            "edition: ironwood\nservices: [notes]",
            "8:13: 'services' of the part 'openedx' means nothing to the edition 'ironwood'; take it out"
        ),
    ]

    @Test func aNameWithoutADotIsRefusedWhereNamesLieBelowIt() throws {
        let problem = "6:9: 'host' of the part 'openedx' is 'learn', and browsers keep no login"
        #expect(reading("host: learn").problems.first?.contains(problem) == true)
        #expect(reading("host: learn\nedition: ironwood").problems == [])
    }

    @Test(arguments: wrong) func whatIsWrongIsSaidWithItsPlace(part: String, problem: String) throws {
        let reading = reading("host: learn.example.edu\n" + part)
        #expect(reading.cluster == nil)
        #expect(reading.problems.contains { $0.contains(problem) }, "\(reading.problems)")
    }
}
