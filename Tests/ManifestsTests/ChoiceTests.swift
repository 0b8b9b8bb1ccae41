import Inventory
import Manifests
import Testing
import YAML

/// What an inventory chooses of an edition: services, stores, how browsers come.
@Suite struct ChoiceTests {
    @Test func aServiceThatIsOffLeavesNothing() throws {
        let rendered = try Verawood.rendered()
        for name in Verawood.services + ["elasticsearch"] {
            #expect(!rendered.objects.contains { $0.name.hasPrefix(name) }, "\(name)")
        }
        let settings = try rendered.one("ConfigMap", "openedx-config").node["data"]?.entries?.map(\.key) ?? []
        #expect(settings == ["lms.env.yml", "cms.env.yml", "shared.py"])
        #expect(!rendered.folders.contains { $0.path.contains("discovery") })
    }

    @Test(arguments: Verawood.services) func aServiceThatIsOnChangesOthers(name: String) throws {
        let rendered = try Verawood.rendered { $0.services = [name] }
        let files = try rendered.one("ConfigMap", "openedx-config").node["data"]?.entries?.map(\.key) ?? []
        #expect(files.contains { $0.hasSuffix("with-\(name).py") })
        #expect(rendered.objects.contains { $0.name == name } == (name != "forum"))
        let sites = try rendered.one("ConfigMap", "caddy-config").node["data"]?.entries?.map(\.key) ?? []
        #expect(sites.contains("site-\(name).conf") == (name != "forum"))
        #expect(sites.contains("site-lms.conf"))
        let edition = try Verawood.edition().chosen(by: Verawood.openedx { $0.services = [name] })
        let own = edition.secrets.filter { $0.name.hasPrefix(name) }
        #expect(own.isEmpty == (name == "forum"))
        #expect(edition.services.map(\.name) == [name])
    }

    @Test func listsAreMergedByName() throws {
        let rendered = try Verawood.rendered { $0.services = ["xqueue"] }
        let lms = try #require(try rendered.one("Deployment", "lms").containers.first)
        let names = (lms["env"]?.items ?? []).compactMap { $0["name"]?.text }
        #expect(names.contains("XQUEUE_PASSWORD") && names.contains("OPENEDX_SECRET_KEY"))
        #expect(lms["volumeMounts"]?.items?.count == 7)
        let one: Node = [["name": "a", "v": 1], ["name": "b", "v": 2]]
        let other: Node = [["name": "b", "w": 3], ["name": "c", "v": 4]]
        let merged = one.merged(with: other)
        #expect(
            merged.json()
                == Node.sequence([
                    ["name": "a", "v": 1], ["name": "b", "v": 2, "w": 3], ["name": "c", "v": 4],
                ]).json())
        #expect(one.merged(with: ["x"]).json() == Node.sequence(["x"]).json(), "others are replaced")
    }

    @Test(arguments: [
        ("none", "http", "http", "off"), ("acme", "https", "https", "on"),
        ("internal", "https", "https", "on"),
        ("outside", "https", "http", "on"),
    ]) func browsersComeAsChosen(tls: String, scheme: String, edge: String, onOff: String) throws {
        let rendered = try Verawood.rendered { $0.tls = tls }
        let settings = try rendered.one("ConfigMap", "openedx-config").node[path: ["data", "lms.env.yml"]]?
            .text
        #expect(settings?.contains("LMS_ROOT_URL: \"\(scheme)://learn.example.edu\"") == true)
        #expect(settings?.contains("HTTPS: \"\(onOff)\"") == true)
        let caddy = try rendered.one("ConfigMap", "caddy-config").node["data"]
        #expect(caddy?["site-mfe.conf"]?.text?.hasPrefix("\(edge)://apps.learn.example.edu {") == true)
        #expect((caddy?["global-authority.conf"] != nil) == (tls == "internal"))
        #expect((caddy?["global-outside.conf"] != nil) == (tls == "outside"))
        let service = try rendered.one("Service", "caddy").ports.map(\.port)
        #expect(service == (edge == "https" ? [80, 443, 443] : [80]))
    }

    @Test func aStoreThatIsOutsideIsNotStarted() throws {
        let rendered = try Verawood.Shape.outside.rendered()
        #expect(rendered.all("StatefulSet").map(\.name) == ["meilisearch"])
        let data = try rendered.one("ConfigMap", "openedx-config").node["data"]
        #expect(
            data?["lms.env.yml"]?.text?.contains("HOST: \"mysql.example.edu\"\n    PORT: 3307") == true)
        #expect(data?["shared.py"]?.text?.contains(#""host": "mongodb.example.edu""#) == true)
        #expect(data?["shared.py"]?.text?.contains(#""rediscache.example.edu:6379", "1""#) == true)
        let jobs = rendered.all("Job").compactMap { $0.podLabels["app.kubernetes.io/name"] }
        #expect(jobs.contains("mysql-accounts") && !jobs.contains("mongodb-accounts"))
        // Each is asked before the schema counts on it.
        let asking = rendered.waves.first { $0.name == "databases and accounts" }?.objects.map(\.shortName)
        #expect(
            asking == [
                "mysql-accounts", "mongodb-outside", "redis-outside", "redis-cache-outside", "smtp-outside",
            ])
        #expect(try !Verawood.rendered().jobs.contains { $0.shortName.hasSuffix("-outside") })
        #expect(!rendered.folders.contains { $0.path.hasSuffix("/mysql") })
    }

    @Test func theRegistryTakesThePlaceOfDockersAlone() throws {
        let rendered = try Verawood.rendered {
            $0.registry = "registry.example.edu"
            $0.images = [(name: "mysql", reference: "docker.io/own/mysql:1")]
        }
        #expect(
            try rendered.one("StatefulSet", "redis").containers.first?["image"]?.text
                == "registry.example.edu/redis:7.4.10")
        #expect(
            try rendered.one("StatefulSet", "mysql").containers.first?["image"]?.text
                == "docker.io/own/mysql:1")
    }

    @Test func whatIsWrongInAnEditionIsSaid() throws {
        func problems(_ from: String, _ to: String, in name: String = "edition.yml") throws -> [String] {
            let files = try Ironwood.files().map { file in
                guard file.path == "manifests/openedx/verawood/\(name)" else { return file }
                #expect(file.text.contains(from))
                return ManifestFile(path: file.path, text: file.text.replacing(from, with: to))
            }
            let error = #expect(throws: InvalidInput.self) { try Verawood.edition(of: files) }
            return (error?.diagnostics ?? []).map(\.description)
        }
        #expect(
            try problems("claims: [xqueue-media]", "claims: [xqueue-medai]").first?.contains(
                "the edition has no claim 'xqueue-medai'; did you mean 'xqueue-media'?") == true)
        #expect(
            try problems("of: jwt-private-key", "of: jwt-key").first?.contains("has no secret 'jwt-key'")
                == true)
        #expect(
            try problems("usual: none", "usual: never").first?.contains("tls has no choice 'never'") == true)
        let change = try problems("name: caddy\n", "name: cady\n", in: "changes/https.yml")
        #expect(change.first?.contains("changes/https.yml:2:1: there is no such object to change") == true)
        #expect(try problems("form: uuid", "form: guid").joined().contains("cannot be 'guid'"))
        let forgotten = ManifestFile(path: "manifests/openedx/verawood/changes/other.yml", text: "")
        let error = #expect(throws: InvalidInput.self) {
            try Verawood.edition(of: Ironwood.files() + [forgotten])
        }
        #expect(error?.diagnostics.first?.message.contains("changes/other.yml belongs to no choice") == true)
    }
}
