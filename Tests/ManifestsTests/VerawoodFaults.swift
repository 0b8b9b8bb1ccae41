import Cryptography
import Inventory
import Manifests
import Testing
import YAML

/// The faults of the original, by their number in the list of its faults, which no edition may have.
@Suite struct VerawoodFaults {
    typealias Shape = Verawood.Shape

    @Test(arguments: Shape.allCases) func b1EachServiceLeadsToOneWorkload(shape: Shape) throws {
        let rendered = try shape.rendered()
        for service in rendered.all("Service") {
            let selected = rendered.services.filter { workload in
                service.selector.allSatisfy { workload.podLabels[$0.key] == $0.value }
            }
            let name = service.name.replacing(/-pods$/, with: "")
            #expect(selected.map(\.name) == [name])
        }
    }

    @Test func b2EveryFileOfTheEditionIsApplied() throws {
        let forgotten = ManifestFile(
            path: "manifests/openedx/verawood/forgotten.yml",
            text: "apiVersion: v1\nkind: Service\nmetadata: { name: forgotten }\n")
        let error = #expect(throws: InvalidInput.self) {
            try Verawood.edition(of: Ironwood.files() + [forgotten])
        }
        #expect(error?.diagnostics.first?.message.contains("forgotten.yml belongs to no wave") == true)
    }

    @Test(arguments: Shape.allCases) func b3EveryNameThatIsDialledIsThere(shape: Shape) throws {
        let rendered = try shape.rendered()
        let services = Set(rendered.all("Service").map(\.name))
        var dialled: Set<String> = []
        for text in rendered.objects.flatMap(\.node.texts) {
            // URLs of other pods, by the Service's name alone, and what Caddy passes on to.
            for match in text.matches(of: /(http|redis|mongodb):\/\/@?([a-z][a-z-]*):[0-9]+/) {
                dialled.insert(String(match.output.2))
            }
            for match in text.matches(of: /(proxy|reverse_proxy) ([a-z][a-z-]*):[0-9]+/) {
                dialled.insert(String(match.output.2))
            }
        }
        #expect(dialled.isSuperset(of: ["lms", "cms", "mfe", "meilisearch"]))
        #expect(dialled.subtracting(services).isEmpty)
    }

    @Test(arguments: Shape.allCases) func b5ServicePortIsContainerPort(shape: Shape) throws {
        try shape.rendered().expectServicePortsOfContainers()
    }

    @Test func b6BrowsersReachTheEdge() throws {
        func ports(_ shape: Shape) throws -> [String] {
            let caddy = try #require(try shape.rendered().one("Deployment", "caddy").containers.first)
            return (caddy["ports"]?.items ?? []).compactMap { $0["hostPort"]?.text }
        }
        #expect(try ports(.plain) == ["80"])
        #expect(try ports(.whole) == ["80", "443", "443"])
        #expect(try ports(.outside) == [])
        #expect(try Shape.outside.rendered().one("Ingress", "caddy").node["spec"]?["rules"] != nil)
    }

    @Test(arguments: Shape.allCases) func b8b9PodsHaveNoServicesAndNoNameOfTheirOwn(shape: Shape) throws {
        for workload in try shape.rendered().workloads {
            #expect(workload.pod[path: ["spec", "enableServiceLinks"]]?.resolved == .bool(false))
            #expect(workload.pod[path: ["spec", "automountServiceAccountToken"]]?.resolved == .bool(false))
            #expect(workload.pod[path: ["spec", "hostname"]] == nil)
        }
    }

    @Test(arguments: Shape.allCases) func b10b16b17VolumesAndClaimsFit(shape: Shape) throws {
        let rendered = try shape.rendered()
        let claims = rendered.all("PersistentVolumeClaim")
        #expect(Set(claims.map(\.name)) == Set(rendered.all("PersistentVolume").map(\.name)))
        #expect(Set(rendered.workloads.flatMap(\.claims)) == Set(claims.map(\.name)))
        #expect(rendered.folders.count == claims.count)
        for claim in claims {
            let volume = try rendered.one("PersistentVolume", claim.name)
            #expect(claim.node[path: ["spec", "volumeName"]]?.text == volume.name)
            #expect(volume.node[path: ["spec", "claimRef", "name"]]?.text == claim.name)
            #expect(volume.node[path: ["spec", "claimRef", "namespace"]]?.text == claim.namespace)
            #expect(volume.node[path: ["spec", "persistentVolumeReclaimPolicy"]]?.text == "Retain")
            let size = claim.node[path: ["spec", "resources", "requests", "storage"]]?.text
            #expect(volume.node[path: ["spec", "capacity", "storage"]]?.text == size)
            #expect(size?.hasSuffix("Gi") == true)
        }
    }

    @Test func b18DatabasesAreForOneWriter() throws {
        let rendered = try Shape.whole.rendered()
        for set in rendered.all("StatefulSet") {
            for name in set.claims {
                let modes = try rendered.one("PersistentVolume", name).node[path: ["spec", "accessModes"]]?
                    .items
                #expect(modes?.compactMap(\.text) == ["ReadWriteOnce"])
            }
        }
        let modes = try rendered.one("PersistentVolume", "openedx-media").node[path: ["spec", "accessModes"]]
        #expect(modes?.items?.compactMap(\.text) == ["ReadWriteMany"])
    }

    @Test func b12b19MountsHideNoCodeAndLieInNoOther() throws {
        for workload in try Shape.whole.rendered().workloads {
            let kept = Set(
                workload.volumes.filter { $0["persistentVolumeClaim"] != nil }.compactMap { $0["name"]?.text }
            )
            let mounts = workload.containers.flatMap { $0["volumeMounts"]?.items ?? [] }
            let paths = mounts.filter { kept.contains($0["name"]?.text ?? "") }.compactMap {
                $0["mountPath"]?.text
            }
            for path in paths {
                #expect(!paths.contains { $0.hasPrefix(path + "/") }, "\(workload.name)")
                #expect(
                    !["/openedx", "/openedx/edx-platform", "/openedx/discovery", "/openedx/xqueue"].contains(
                        path))
            }
        }
    }

    @Test(arguments: Shape.allCases) func b20ServicesAreProbedAndNoneLoops(shape: Shape) throws {
        let rendered = try shape.rendered()
        for workload in rendered.services where !workload.name.hasSuffix("-worker") {
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

    @Test func b22WhatOthersNeedIsStartedAndWaitedForFirst() throws {
        let rendered = try Shape.whole.rendered()
        func wave(_ name: String) throws -> Int {
            try #require(
                rendered.waves.firstIndex {
                    $0.objects.contains { $0.podLabels["app.kubernetes.io/name"] == name }
                }, "\(name)")
        }
        for store in rendered.all("StatefulSet") {
            #expect(try wave(store.name) < wave("mysql-accounts"))
            #expect(try wave(store.name) < wave("lms"))
        }
        #expect(try wave("lms-provision") < wave("lms"))
        #expect(try wave("lms") < wave("discovery-index"))
    }

    @Test(arguments: Shape.allCases) func b24EveryContainerAsksForWhatItNeeds(shape: Shape) throws {
        for container in try shape.rendered().workloads.flatMap(\.containers) {
            #expect(container[path: ["resources", "requests", "cpu"]] != nil)
            #expect(container[path: ["resources", "requests", "memory"]] != nil)
            #expect(container[path: ["resources", "limits", "memory"]] != nil)
        }
    }

    @Test(arguments: Shape.allCases) func b25ImagesHaveATag(shape: Shape) throws {
        for container in try shape.rendered().workloads.flatMap(\.containers) {
            let image = try #require(container["image"]?.text)
            #expect(image.wholeMatch(of: /[a-z0-9.-]+\/[a-z0-9\/-]+:[A-Za-z0-9._-]+/) != nil, "\(image)")
            #expect(image.hasPrefix("registry.example.edu/mirror/") == (shape == .outside))
        }
    }

    @Test func b26PasswordsComeFromTheSecretAndStandNowhereElse() throws {
        let canary = "canary-7Zq"
        let edition = try Verawood.edition()
        let values = SecretValues(Dictionary(edition.secrets.map { ($0.name, canary) }) { $1 })
        for object in try Shape.whole.rendered(secrets: values).objects where object.kind != "Secret" {
            #expect(!object.node.texts.contains { $0.contains(canary) || $0.contains(Base64.encode(canary)) })
        }
        for container in try Shape.whole.rendered().workloads.flatMap(\.containers) {
            for variable in container["env"]?.items ?? [] {
                let name = try #require(variable["name"]?.text)
                guard name.contains(/PASSWORD|SECRET|KEY/) else { continue }
                #expect(variable["value"] == nil, "\(name)")
                #expect(variable[path: ["valueFrom", "secretKeyRef", "name"]]?.text == "openedx-secrets")
            }
        }
    }

    /// Settings fail at the start where a variable is not there.
    @Test(arguments: Shape.allCases) func b26EveryPodHasWhatItsSettingsRead(shape: Shape) throws {
        let rendered = try shape.rendered()
        var read: Set<String> = []
        for workload in rendered.workloads {
            let variables = workload.containers.flatMap { $0["env"]?.items ?? [] }
            let names = Set(variables.compactMap { $0["name"]?.text } + ["LMS_CFG", "CMS_CFG"])
            // Pods of the platform have the settings of both, and read those of one.
            let variant = variables.first { $0["name"]?.text == "SERVICE_VARIANT" }?["value"]?.text
            let other = variant.map { $0 == "lms" ? "openedx-settings-cms" : "openedx-settings-lms" }
            for map in workload.volumes.compactMap({ $0["configMap"]?["name"]?.text }) where map != other {
                for text in try rendered.one("ConfigMap", map).node["data"]?.texts ?? [] {
                    for match in text.matches(of: /os\.environ\["([A-Z_]+)"\]/) {
                        let name = String(match.output.1)
                        #expect(names.contains(name), "\(workload.name) has no \(name)")
                        read.insert(name)
                    }
                }
            }
        }
        #expect(read.isSuperset(of: ["OPENEDX_SECRET_KEY", "CMS_OAUTH_SECRET", "JWT_PRIVATE_KEY"]))
    }

    @Test(arguments: [Shape.plain, .whole]) func b26StoresAnswerThoseWhoNeedThemAlone(shape: Shape) throws {
        let rendered = try shape.rendered()
        let users = [
            "mysql": "_MYSQL_PASSWORD", "mongodb": "_MONGODB_PASSWORD", "meilisearch": "MEILI",
        ]
        for set in rendered.all("StatefulSet") + [try rendered.one("Deployment", "smtp")] {
            let policy = try rendered.one("NetworkPolicy", set.name)
            let label = ["spec", "podSelector", "matchLabels", "app.kubernetes.io/name"]
            #expect(policy.node[path: label]?.text == set.name)
            let allowed = "mooc-cluster/reaches-\(set.name)"
            #expect(policy.node[path: ["spec", "ingress"]]?.texts.contains(allowed) == true)
            #expect(rendered.workloads.contains { $0.podLabels[allowed] == "yes" }, "\(set.name)")
            guard let variable = users[set.name] else { continue }
            for workload in rendered.workloads where workload.name != set.name {
                let names = workload.containers.flatMap { $0["env"]?.items ?? [] }.compactMap {
                    $0["name"]?.text
                }
                guard names.contains(where: { $0.contains(variable) }) else { continue }
                #expect(workload.podLabels[allowed] == "yes", "\(workload.name) may not reach \(set.name)")
            }
        }
        #expect(try rendered.one("Deployment", "mfe").podLabels["mooc-cluster/reaches-mysql"] == nil)
        #expect(try rendered.one("Deployment", "caddy").podLabels["mooc-cluster/reaches-mysql"] == nil)
    }

    @Test(arguments: [Shape.plain, .whole]) func b27StoresAreStatefulSets(shape: Shape) throws {
        let rendered = try shape.rendered()
        for set in rendered.all("StatefulSet") {
            let governing = try #require(set.node[path: ["spec", "serviceName"]]?.text)
            #expect(try rendered.one("Service", governing).node[path: ["spec", "clusterIP"]]?.text == "None")
        }
        #expect(try rendered.one("StatefulSet", "mongodb").pod.texts.contains("--auth"))
    }

    @Test(arguments: Shape.allCases) func b28b30NothingOfDevelopmentIsLeft(shape: Shape) throws {
        for text in try shape.rendered().workloads.flatMap(\.pod.texts) {
            for command in ["runserver", "pip install", "npm ", "-dev"] { #expect(!text.contains(command)) }
        }
    }
}
