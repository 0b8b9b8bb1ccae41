import Inventory
import Manifests
import Testing
import YAML

/// Faults of the original's workloads, by their number in the list of its faults.
@Suite struct WorkloadFaults {
    @Test func b20EveryServiceIsProbedAndNoneIsKeptAliveByALoop() throws {
        let rendered = try Ironwood.rendered()
        for workload in rendered.services {
            for container in workload.containers {
                for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
                    #expect(container[probe] != nil, "\(workload.name) has no \(probe)")
                }
            }
        }
        for text in rendered.workloads.flatMap(\.pod.texts) {
            #expect(!text.contains("while true") && !text.contains("while :"))
        }
    }

    @Test(arguments: [
        ("lms", "/heartbeat"), ("studio", "/heartbeat"), ("ecommerce", "/health/"), ("discovery", "/health/"),
        ("credentials", "/health/"), ("forum", "/heartbeat"), ("edx-notes-api", "/heartbeat"),
        ("devpi", "/+status"),
    ])
    func b20ReadinessAsksTheRealHealthPage(name: String, path: String) throws {
        let container = try #require(try Ironwood.rendered().one("Deployment", name).containers.first)
        #expect(container[path: ["readinessProbe", "httpGet", "path"]]?.text == path)
        #expect(container[path: ["startupProbe", "httpGet", "path"]]?.text == path)
    }

    @Test func b21WorkloadsHaveCurrentVersionsAndSelectors() throws {
        for workload in try Ironwood.rendered().services {
            #expect(workload.apiVersion == "apps/v1")
            let labels = workload.node[path: ["spec", "selector", "matchLabels"]]?.entries ?? []
            #expect(!labels.isEmpty)
            for label in labels { #expect(workload.podLabels[label.key] == label.value.text) }
        }
    }

    @Test func b22WhatOthersNeedIsStartedAndWaitedForFirst() throws {
        let rendered = try Ironwood.rendered()
        func wave(_ name: String) throws -> Int {
            try #require(
                rendered.waves.firstIndex {
                    $0.objects.contains { $0.podLabels["app.kubernetes.io/name"] == name }
                })
        }
        for store in ["mysql", "mongo", "memcached", "elasticsearch"] {
            for user in ["lms", "studio", "forum", "discovery"] { #expect(try wave(store) < wave(user)) }
        }
        #expect(try wave("mysql") < wave("mysql-accounts"))
        #expect(try wave("mysql-accounts") < wave("lms-provision"))
        #expect(try wave("lms-provision") < wave("lms"))
        #expect(try wave("lms") < wave("discovery-index"))
    }

    @Test(arguments: ["chrome", "firefox"]) func b23BrowsersHaveSharedMemory(name: String) throws {
        let browser = try Ironwood.rendered().one("Deployment", name)
        let volume = try #require(browser.volumes.first { $0["emptyDir"] != nil })
        #expect(volume[path: ["emptyDir", "medium"]]?.text == "Memory")
        #expect(volume[path: ["emptyDir", "sizeLimit"]]?.text == "2Gi")
        let mounts = browser.containers.flatMap { $0["volumeMounts"]?.items ?? [] }
        #expect(
            mounts.contains {
                $0["mountPath"]?.text == "/dev/shm" && $0["name"]?.text == volume["name"]?.text
            })
    }

    @Test func b24EveryContainerAsksForWhatItNeeds() throws {
        for container in try Ironwood.rendered().workloads.flatMap(\.containers) {
            #expect(container[path: ["resources", "requests", "cpu"]] != nil)
            #expect(container[path: ["resources", "requests", "memory"]] != nil)
            #expect(container[path: ["resources", "limits", "memory"]] != nil)
        }
    }

    @Test func b25ImagesHaveATagAndCanBePinned() throws {
        for container in try Ironwood.rendered().workloads.flatMap(\.containers) {
            let image = try #require(container["image"]?.text)
            #expect(image.wholeMatch(of: /[a-z0-9.-]+\/[a-z0-9\/-]+:[A-Za-z0-9._-]+/) != nil, "\(image)")
            #expect(!image.hasSuffix(":latest"))
        }
        let pinned = "registry.example.edu/edxapp@sha256:" + String(repeating: "a", count: 64)
        let rendered = try Ironwood.rendered { $0.images = [(name: "edxapp", reference: pinned)] }
        for name in ["lms", "studio"] {
            #expect(try rendered.one("Deployment", name).containers.first?["image"]?.text == pinned)
        }
    }

    @Test func b26PasswordsComeFromTheSecret() throws {
        let rendered = try Ironwood.rendered()
        for container in rendered.workloads.flatMap(\.containers) {
            for variable in container["env"]?.items ?? [] {
                let name = try #require(variable["name"]?.text)
                if name.contains("PASSWORD") || name.contains("SECRET") || name.contains("KEY") {
                    #expect(variable["value"] == nil)
                    #expect(variable[path: ["valueFrom", "secretKeyRef", "name"]]?.text == "openedx-secrets")
                }
                #expect(name != "MYSQL_ALLOW_EMPTY_PASSWORD")
            }
        }
        let mongo = try #require(try rendered.one("StatefulSet", "mongo").containers.first)
        #expect(mongo["args"]?.items?.contains { $0.text == "--auth" } == true)
    }

    @Test(arguments: [
        ("mysql", "lms", "chrome"), ("mongo", "forum", "ecommerce"), ("elasticsearch", "forum", "lms-x"),
    ])
    func b26DatabasesAreReachedByTheirUsersAlone(store: String, user: String, stranger: String) throws {
        let policy = try Ironwood.rendered().one("NetworkPolicy", store)
        #expect(
            policy.node[path: ["spec", "podSelector", "matchLabels", "app.kubernetes.io/name"]]?.text == store
        )
        let allowed = policy.node[path: ["spec", "ingress"]]?.texts ?? []
        #expect(allowed.contains(user))
        #expect(!allowed.contains(stranger))
    }

    @Test func b26EveryUserOfADatabaseIsLetIn() throws {
        let rendered = try Ironwood.rendered()
        for (variable, store) in [("MYSQL", "mysql"), ("DB_PASSWORD", "mysql"), ("MONGO", "mongo")] {
            let allowed = try rendered.one("NetworkPolicy", store).node.texts
            for workload in rendered.workloads {
                let names = workload.containers.flatMap { $0["env"]?.items ?? [] }.compactMap {
                    $0["name"]?.text
                }
                let label = workload.podLabels["app.kubernetes.io/name"] ?? ""
                if names.contains(where: { $0.contains(variable) }), label != store {
                    #expect(allowed.contains(label), "\(label) may not reach \(store)")
                }
            }
        }
    }

    @Test(arguments: ["mysql", "mongo", "elasticsearch"])
    func b27DatabasesAreStatefulSets(name: String) throws {
        let rendered = try Ironwood.rendered()
        let set = try rendered.one("StatefulSet", name)
        let governing = try #require(set.node[path: ["spec", "serviceName"]]?.text)
        #expect(try rendered.one("Service", governing).node[path: ["spec", "clusterIP"]]?.text == "None")
        #expect(!set.pod.texts.contains("--nojournal") && !set.pod.texts.contains("--smallfiles"))
    }

    @Test func b28NoDevelopmentServerAnswers() throws {
        let rendered = try Ironwood.rendered()
        for text in rendered.workloads.flatMap(\.pod.texts) { #expect(!text.contains("runserver")) }
        for name in ["lms", "studio", "credentials", "discovery", "ecommerce", "edx-notes-api"] {
            #expect(try rendered.one("Deployment", name).pod.texts.contains { $0.contains("exec gunicorn") })
        }
    }

    @Test func b29NothingOfDevelopmentIsLeft() throws {
        for workload in try Ironwood.rendered().workloads {
            for container in workload.containers {
                #expect(container["stdin"] == nil && container["tty"] == nil)
                let texts = container.texts
                #expect(!texts.contains { $0.hasPrefix("BOK_CHOY") || $0 == "19876" || $0 == "19877" })
            }
        }
    }

    @Test func b30NothingIsInstalledAtTheStart() throws {
        for text in try Ironwood.rendered().workloads.flatMap(\.pod.texts) {
            for command in [
                "bundle install", "npm install", "pip install", "make requirements", "install_prereqs",
            ] {
                #expect(!text.contains(command))
            }
        }
    }

    @Test func b31NothingUntrueIsCarriedAlong() throws {
        let yaml = try Ironwood.rendered().yaml
        for noise in ["kompose", "creationTimestamp", "status: {}"] { #expect(!yaml.contains(noise)) }
    }

    @Test func b32OldImagesAreGivenLimitsAndNewerTags() throws {
        let rendered = try Ironwood.rendered()
        #expect(try rendered.one("StatefulSet", "mysql").pod.texts.contains("--open-files-limit=65536"))
        #expect(!rendered.yaml.contains("memcached:1.4.24"))
    }
}
