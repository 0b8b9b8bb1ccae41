internal import Inventory
internal import YAML

/// What an edition becomes for one inventory: the values of its placeholders and where its volumes lie.
struct ManifestValues {
    /// The values by path.
    let tree: Node
    /// Address and names of each Service that has names inside of pods, in order of address.
    let aliases: [(address: String, names: [String])]
    /// Where each claim lies.
    let volumes: [VolumePlace]

    /// Where one claim lies.
    struct VolumePlace {
        /// The claim.
        let claim: Edition.Claim
        /// The folder, on the node or on the server; nil where a StorageClass makes the volume.
        let folder: String?
        /// The StorageClass; nil where there is a folder.
        let storageClass: String?
        /// The node with local storage; nil with others.
        let node: String?
        /// The access mode that this storage gives it.
        let access: String
    }

    /// Works the values out; what does not fit goes to `diagnostics`.
    init(
        edition: Edition, cluster: Cluster, part: ApplicationPart, certificate: GivenCertificate? = nil,
        authorities: [String: String] = [:], diagnostics: Diagnostics
    ) {
        var values = Node(.mapping(Mapping()))
        values[path: ["certificate", "fingerprint"]] = .string(Fingerprint.of(certificate?.chain ?? ""))
        values[path: ["cluster", "name"]] = .string(cluster.name)
        values[path: [edition.application, "edition"]] = .string(part.edition)
        values[path: [edition.application, "host"]] = .string(part.host)
        values[path: [edition.application, "namespace"]] = .string(part.namespace)
        values[path: ["kubernetes", "serviceNetwork"]] = .string("\(cluster.kubernetes.serviceNetwork)")

        Self.addChoices(to: &values, edition: edition, part: part)
        Self.addStores(to: &values, edition: edition, part: part, authorities: authorities)
        for service in edition.replicas(for: part) {
            values[path: ["replicas", service.service]] = .int(service.count)
            let most = part.maxReplicas.last { $0.service == service.service }?.count
            values[path: ["maxReplicas", service.service]] = .int(most ?? service.count)
        }
        if let size = edition.size { values[path: ["size"]] = size.values }
        for port in edition.ports { values[path: ["ports", port.service]] = .int(port.port) }

        var aliases: [(address: String, names: [String])] = []
        for name in edition.names.sorted(by: { $0.offset < $1.offset }) {
            let address = cluster.kubernetes.serviceNetwork.network &+ UInt32(name.offset)
            // The last address of the network is not given to Services.
            if !cluster.kubernetes.serviceNetwork.contains(address &+ 1) {
                diagnostics.error(
                    "kubernetes.serviceNetwork \(cluster.kubernetes.serviceNetwork) has no room for \(name.service)",
                    at: name.mark, cure: "take a network with a shorter prefix")
            }
            values[path: ["addresses", name.service]] = .string(CIDR.dotted(address))
            aliases.append((CIDR.dotted(address), name.names))
        }
        self.aliases = aliases

        volumes = Self.places(edition: edition, cluster: cluster, part: part)
        for volume in volumes {
            values[path: ["claims", volume.claim.name, "size"]] = .string(volume.claim.size)
            values[path: ["claims", volume.claim.name, "access"]] = .string(volume.access)
        }
        tree = values
    }

    /// What an inventory can choose: names, images, how browsers come, where stores are.
    private static func addChoices(to values: inout Node, edition: Edition, part: ApplicationPart) {
        let texts = [
            ("studioHost", part.studioHost ?? "studio.\(part.host)"),
            ("mfeHost", part.mfeHost ?? "apps.\(part.host)"),
            ("platformName", edition.platformName),
            ("contactEmail", part.contactEmail ?? "contact@\(part.host)"),
            ("language", part.language ?? "en"),
            ("ingressClass", part.ingressClass ?? ""),
            ("trustedProxies", part.trustedProxies.map(\.description).joined(separator: " ")),
        ]
        for (key, text) in texts { values[path: [edition.application, key]] = .string(text) }
        for image in edition.images {
            let own = part.images.last { $0.name == image.name }?.reference
            values[path: ["images", image.name]] = .string(
                own ?? mirrored(image.reference, registry: part.registry))
        }
        if let store = part.s3, let buckets = edition.s3?.buckets {
            values[path: ["s3", "endpoint"]] = .string(store.endpoint)
            values[path: ["s3", "region"]] = .string(store.region ?? "")
            values[path: ["s3", "addressing"]] = .string(store.addressing.rawValue)
            for (name, usual) in buckets {
                let own = store.buckets.last { $0.name == name }?.bucket
                values[path: ["s3", "buckets", name]] = .string(own ?? usual)
            }
        }
        for (name, value) in edition.tls.first?.values ?? [] { values[path: ["tls", name]] = value }
    }

    /// An image's reference with another registry in the place of Docker's.
    private static func mirrored(_ reference: String, registry: String?) -> String {
        guard let registry, reference.hasPrefix("docker.io/") else { return reference }
        return registry + (registry.hasSuffix("/") ? "" : "/") + reference.dropFirst("docker.io/".count)
    }

    private static func places(
        edition: Edition, cluster: Cluster, part: ApplicationPart
    ) -> [VolumePlace] {
        let nodes = cluster.hosts.map(\.name)
        switch part.storage {
        case .local(let root, let chosen):
            let usual = chosen ?? cluster.hosts(of: .worker).first?.name ?? nodes.first ?? ""
            return edition.claims.map { claim in
                VolumePlace(
                    claim: claim, folder: "\(root)/\(part.namespace)/\(claim.name)", storageClass: nil,
                    node: part.volumeNodes.last { $0.claim == claim.name }?.node ?? usual,
                    access: "ReadWriteOnce")
            }
        case .nfs(_, let path):
            return edition.claims.map { claim in
                VolumePlace(
                    claim: claim, folder: "\(path)/\(part.namespace)/\(claim.name)", storageClass: nil,
                    node: nil, access: claim.shared ? "ReadWriteMany" : "ReadWriteOnce")
            }
        case .storageClass(let name, let shared):
            return edition.claims.map { claim in
                VolumePlace(
                    claim: claim, folder: nil, storageClass: claim.shared ? shared : name, node: nil,
                    access: claim.shared ? "ReadWriteMany" : "ReadWriteOnce")
            }
        }
    }

    /// The values inside of `storage/*.yml` for one volume.
    func tree(for volume: VolumePlace, storage: ApplicationPart.Storage) -> Node {
        var values = tree
        values[path: ["claim", "name"]] = .string(volume.claim.name)
        if let folder = volume.folder { values[path: ["claim", "folder"]] = .string(folder) }
        if let node = volume.node { values[path: ["claim", "node"]] = .string(node) }
        if case .nfs(let server, let path) = storage {
            values[path: ["storage", "server"]] = .string(server)
            values[path: ["storage", "path"]] = .string(path)
        }
        return values
    }
}
