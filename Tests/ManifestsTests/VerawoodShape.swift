import Inventory
import Manifests
import Testing
import YAML

/// What makes the edition fit for years of use, where that what it comes from is not.
@Suite struct VerawoodShape {
    @Test(arguments: ["lms-worker", "cms-worker"]) func workersHaveANumberAndTimeToEnd(name: String) throws {
        let worker = try Verawood.rendered().one("Deployment", name)
        #expect(worker.number(after: "--concurrency=") != nil)
        let grace = worker.pod[path: ["spec", "terminationGracePeriodSeconds"]]?.text.flatMap { Int($0) }
        #expect(grace ?? 0 >= 900)
        for container in worker.containers { #expect(container["livenessProbe"] == nil) }
    }

    @Test func servicesOfBrowsersEndSlowly() throws {
        let rendered = try Verawood.Shape.whole.rendered()
        for name in ["lms", "cms", "mfe", "caddy"] + ["notes", "discovery", "credentials", "xqueue"] {
            let workload = try rendered.one("Deployment", name)
            let command =
                workload.containers.first?[path: ["lifecycle", "preStop", "exec", "command"]]?.texts ?? []
            let pause = try #require(command.first == "sleep" ? Int(command.last ?? "") : nil, "\(name)")
            let grace = workload.pod[path: ["spec", "terminationGracePeriodSeconds"]]?.text.flatMap {
                Int($0)
            }
            #expect(grace ?? 0 > pause)
        }
    }

    @Test func theHealthPageIsAskedByANameThatItAnswersTo() throws {
        for name in ["lms", "cms"] {
            let probe = try #require(try Verawood.rendered().one("Deployment", name).containers.first)
            for kind in ["startupProbe", "readinessProbe"] {
                #expect(probe[path: [kind, "httpGet", "path"]]?.text == "/heartbeat")
                let header = probe[path: [kind, "httpGet", "httpHeaders"]]?.items?.first
                #expect(header?["name"]?.text == "Host" && header?["value"]?.text == name)
            }
            // A pause of MySQL is no reason to restart.
            #expect(probe[path: ["livenessProbe", "tcpSocket"]] != nil)
        }
    }

    @Test func theBrokerForgetsNothingAndTheCacheMakesRoom() throws {
        let rendered = try Verawood.rendered()
        func settings(_ name: String) throws -> String {
            try rendered.one("ConfigMap", "\(name)-config").node[path: ["data", "redis.conf"]]?.text ?? ""
        }
        #expect(try settings("redis").contains("maxmemory-policy noeviction"))
        #expect(try settings("redis").contains("appendonly yes"))
        #expect(try settings("redis-cache").contains("maxmemory-policy allkeys-lru"))
    }

    @Test(arguments: [
        ("small", ["lms", "mfe"]), ("medium", ["cms", "lms", "lms-worker", "mfe"]),
        (
            "large",
            [
                "cms", "cms-worker", "credentials", "discovery", "lms", "lms-worker", "mfe", "notes",
                "xqueue",
            ]
        ),
    ]) func budgetsAreThereWhereThereAreTwo(size: String, names: [String]) throws {
        let rendered = try Verawood.rendered {
            $0.services = Verawood.services
            $0.size = size
        }
        let several = rendered.all("Deployment").filter {
            (Int($0.node[path: ["spec", "replicas"]]?.text ?? "") ?? 0) > 1
        }
        #expect(several.map(\.name).sorted() == names)
        #expect(rendered.all("PodDisruptionBudget").map(\.name).sorted() == names)
        for workload in rendered.all("Deployment")
        where workload.claims != ["caddy"] && workload.name != "smtp" {
            #expect(workload.pod[path: ["spec", "topologySpreadConstraints"]]?.items?.count == 1)
            #expect(
                workload.node[path: ["spec", "strategy", "rollingUpdate", "maxUnavailable"]]?.text == "0")
        }
    }

    @Test func noLogIsWrittenIntoAContainer() throws {
        let shared = try Verawood.rendered().one("ConfigMap", "openedx-config").node[path: [
            "data", "shared.py",
        ]]
        #expect(shared?.text?.contains("logging.NullHandler") == true)
        for object in try Verawood.Shape.whole.rendered().objects {
            #expect(!object.node.texts.contains { $0.contains("FileHandler") })
        }
    }

    @Test func aProofAsksForHealthByNamesThatAreAnswered() throws {
        let pages = try Verawood.Shape.whole.rendered().healthPages
        #expect(
            pages.map(\.service).sorted() == ["cms", "credentials", "discovery", "lms", "notes", "xqueue"])
        let lms = try #require(pages.first { $0.service == "lms" })
        #expect(lms.url == "http://lms.openedx:8000/heartbeat" && lms.host == "lms")
        let before = try #require(try Ironwood.rendered().healthPages.first { $0.service == "lms" })
        #expect(before.url == "http://10.96.0.15:18000/heartbeat" && before.host == nil)
    }
}
