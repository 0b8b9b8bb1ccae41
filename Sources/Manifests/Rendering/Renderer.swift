internal import Cryptography
package import Inventory
package import YAML

/// Makes Kubernetes objects of an edition and an inventory: a pure function, the same bytes every time.
package struct Renderer: Sendable {
    /// What is rendered, as the inventory chooses it.
    let edition: Edition
    /// The inventory.
    let cluster: Cluster
    /// Its part that asks for the application.
    let part: ApplicationPart
    private let certificate: GivenCertificate?
    private let authorities: [String: String]
    private let kubernetes: KubernetesMinor?

    /// Prepares to render.
    ///
    /// - Parameters:
    ///   - edition: what to render, as the inventory chooses it.
    ///   - cluster: the inventory.
    ///   - part: its part that asks for the application.
    ///   - certificate: the certificate that the inventory names; nil where it names none.
    ///   - authorities: the texts of the files that stores outside name as their authorities, by store.
    ///   - kubernetes: the Kubernetes version to render for; nil means the newest API versions.
    package init(
        edition: Edition, cluster: Cluster, part: ApplicationPart, certificate: GivenCertificate? = nil,
        authorities: [String: String] = [:], kubernetes: KubernetesMinor? = nil
    ) {
        self.certificate = certificate
        self.authorities = authorities
        self.edition = edition
        self.cluster = cluster
        self.part = part
        self.kubernetes = kubernetes ?? cluster.kubernetes.version.flatMap(KubernetesMinor.init)
    }

    /// Renders everything.
    ///
    /// - Parameter secrets: the passwords and keys; nil hides them, and what is rendered then can be committed, and
    ///   applied over a cluster whose Secret it leaves as it is.
    /// - Returns: the objects in order, and the folders that they need.
    /// - Throws: everything that does not fit together, with places.
    package func render(secrets: SecretValues? = nil) throws(InvalidInput) -> Rendered {
        let diagnostics = Diagnostics()
        let values = ManifestValues(
            edition: edition, cluster: cluster, part: part, certificate: certificate,
            authorities: authorities, diagnostics: diagnostics)
        ManifestValues.checkAuthorities(of: part, authorities, diagnostics)
        let placeholders = placeholders(values.tree, diagnostics)
        let sources = wanted(edition.waves.map { $0.objects.compactMap { ManifestObject($0) } }).map {
            objects in
            objects.compactMap { ManifestObject(placeholders.filled($0.node)) }.filter { object in
                object.kind != "PersistentVolume" || volumeTemplate != nil
            }
        }
        for object in sources.joined() { checkSecretKeys(object.node, diagnostics) }
        let settings = Settings(sources.joined().filter { $0.kind == "ConfigMap" })
        let common = CommonParts(
            application: edition.application, instance: part.namespace, namespace: part.namespace,
            aliases: values.aliases, settings: settings)
        let waves = sources.map { objects in
            objects.map { object -> ManifestObject in
                var object = object
                if object.kind == "PersistentVolume" { place(&object, values, diagnostics) }
                if object.kind == "PersistentVolumeClaim" { leaveToClass(&object, values) }
                if object.kind == "Secret", object.name == edition.secretName { fill(&object, secrets) }
                if object.kind == "Secret", object.name == edition.certificateName, secrets != nil {
                    object.node["data"] = certificate?.data
                }
                common.add(to: &object)
                object.node["apiVersion"] = .string(
                    APIVersion.of(object.kind, written: object.apiVersion, kubernetes: kubernetes))
                return object
            }
        }
        let all = Array(waves.joined())
        let idle = Self.idleBudgets(of: all)
        checkUnique(all, diagnostics)
        for flaw in certificate?.flaws(for: all) ?? [] {
            diagnostics.error(flaw, at: part.mark, cure: "mend the files that 'certificate' names")
        }
        checkPlaces(all, values, diagnostics)
        checkScales(all, diagnostics)
        edition.size?.checkConnections(of: all, at: part.mark, diagnostics)
        if diagnostics.hasErrors { throw InvalidInput(diagnostics.sorted) }
        return Rendered(
            application: edition.application, namespace: part.namespace,
            foundations: Self.sorted(all.filter { !$0.isWorkload && !idle.contains($0.id) }),
            waves: zip(edition.waves, waves).compactMap { wave, objects in
                let started = objects.filter(\.isWorkload)
                guard !started.isEmpty else { return nil }
                return Rendered.Wave(name: wave.name, timeout: wave.timeout, objects: started)
            },
            folders: values.volumes.compactMap { volume in
                volume.folder.map { folder in
                    VolumeFolder(
                        node: volume.node, server: part.storage.server, path: folder,
                        owner: volume.claim.owner, mode: volume.claim.mode)
                }
            }, demand: demand(of: all, values))
    }

    private func fill(_ secret: inout ManifestObject, _ secrets: SecretValues?) {
        secret.node[path: Edition.mark] = .string(edition.name)
        guard let secrets else {
            let keys = edition.secrets.map(\.name).joined(separator: " ")
            secret.node[path: ["metadata", "annotations", "mooc-cluster/hidden-keys"]] = .string(keys)
            return
        }
        var data = Mapping()
        for key in edition.secrets {
            data[key.name] = secrets.reveal(key.name).map { .string(Base64.encode($0)) }
        }
        secret.node["data"] = Node(.mapping(data))
    }

    /// What fills placeholders with values, and with the texts that the edition's objects have in common.
    func placeholders(_ values: Node, _ diagnostics: Diagnostics) -> Placeholders {
        Placeholders(values: values, shared: edition.shared, diagnostics: diagnostics)
    }

    private func checkSecretKeys(_ node: Node, _ diagnostics: Diagnostics) {
        for item in node.items ?? [] { checkSecretKeys(item, diagnostics) }
        for entry in node.entries ?? [] {
            switch entry.key {
            case "secretKeyRef" where entry.value["name"]?.text == edition.secretName:
                checkSecret(entry.value["key"], diagnostics)
            case "secret" where entry.value["secretName"]?.text == edition.secretName:
                for file in entry.value["items"]?.items ?? [] { checkSecret(file["key"], diagnostics) }
            default: checkSecretKeys(entry.value, diagnostics)
            }
        }
    }

    private func checkSecret(_ key: Node?, _ diagnostics: Diagnostics) {
        let known = edition.secrets.map(\.name)
        guard let key, !known.contains(key.text ?? "") else { return }
        diagnostics.error(
            "edition.yml has no secret '\(key.text ?? "")'", at: key.mark,
            cure: key.text.flatMap { Suggestion.nearest(to: $0, among: known) }.map {
                "did you mean '\($0)'?"
            })
    }

    /// The budgets for the disruption of workloads of their name that do not run twice: they protect nothing.
    private static func idleBudgets(of objects: [ManifestObject]) -> Set<ObjectID> {
        let single = Set(
            objects.filter { $0.isWorkload && objects.mostReplicas(of: $0) < 2 }.map(\.name))
        return Set(
            objects.filter { $0.kind == "PodDisruptionBudget" && single.contains($0.name) }.map(\.id))
    }

    /// What the nodes must have room for.
    private func demand(of objects: [ManifestObject], _ values: ManifestValues) -> Demand {
        let nodes = Dictionary(values.volumes.map { ($0.claim.name, $0.node) }) { $1 }.compactMapValues(
            \.self)
        return Demand(
            size: edition.size?.name,
            smaller: edition.sizes.prefix { $0.name != edition.size?.name }.map(\.name),
            workloads: objects.filter(\.isWorkload).map { object in
                Demand.Workload(object, most: objects.mostReplicas(of: object), nodes: nodes)
            })
    }

    private func checkUnique(_ objects: [ManifestObject], _ diagnostics: Diagnostics) {
        var seen: Set<ObjectID> = []
        for object in objects where !seen.insert(object.id).inserted {
            diagnostics.error("there are two of \(object.id)", at: object.node.mark)
        }
    }

    /// Puts first what others need to be there.
    private static func sorted(_ objects: [ManifestObject]) -> [ManifestObject] {
        let order = [
            "Namespace", "Secret", "ConfigMap", "PersistentVolume", "PersistentVolumeClaim", "Service",
            "NetworkPolicy", "PodDisruptionBudget", "Ingress",
        ]
        let rank = { (object: ManifestObject) in order.firstIndex(of: object.kind) ?? order.count }
        return objects.enumerated().sorted { left, right in
            (rank(left.element), left.offset) < (rank(right.element), right.offset)
        }.map(\.element)
    }
}
