import YAML

/// The `kubernetes:` part as it was read, with the places that checks between parts need.
struct KubernetesDraft {
    /// What was read, or stands for what was not.
    var kubernetes: Kubernetes
    /// Where `podNetwork` stands, else the part.
    var podNetwork: Mark?
    /// Where `serviceNetwork` stands, else the part.
    var serviceNetwork: Mark?
    /// Where `nodeCIDRMask` stands, else the part.
    var nodeCIDRMask: Mark?
    /// Where the control planes' common address stands; nil where there is none.
    var virtualAddress: Mark?
}

extension Kubernetes {
    /// Reads the `kubernetes:` part.
    static func read(_ reader: inout MappingReader, in reading: InventoryReading) -> KubernetesDraft {
        let version = self.version(&reader, in: reading.surroundings)
        let runtime = reader.choice("runtime", of: Runtime.allCases.map(\.rawValue)).flatMap(
            Runtime.init(rawValue:))
        let (endpoint, virtualAddress) = endpoint(&reader)
        let kubernetes = Kubernetes(
            version: version, versionMark: reader.mark(of: "version"),
            runtime: runtime ?? .containerd,
            // Every node takes a range of its own out of it, so it must be wider than one of those.
            podNetwork: reader.network("podNetwork", prefixes: 8...28),
            // kubeadm takes at most 20 bits of addresses, and at least ten addresses, one of them for DNS.
            serviceNetwork: reader.network("serviceNetwork", prefixes: 12...28) ?? standardServiceNetwork,
            nodeCIDRMask: reader.int("nodeCIDRMask", in: 16...30),
            networkPlugin: plugin(&reader, in: reading) ?? .calico,
            imageRepository: reader.string("imageRepository", as: .image),
            controlPlaneEndpoint: endpoint,
            certificateNames: reader.list("certificateNames", as: .address).map(\.text))
        reader.finish()
        return KubernetesDraft(
            kubernetes: kubernetes, podNetwork: reader.mark(of: "podNetwork"),
            serviceNetwork: reader.mark(of: "serviceNetwork"), nodeCIDRMask: reader.mark(of: "nodeCIDRMask"),
            virtualAddress: virtualAddress)
    }

    /// kubeadm's own default, 10.96.0.0/12.
    private static var standardServiceNetwork: CIDR { CIDR(unchecked: 10 << 24 | 96 << 16, prefix: 12) }

    private static func version(_ reader: inout MappingReader, in surroundings: Cluster.Surroundings)
        -> String?
    {
        guard let text = reader.versionString("version") else { return nil }
        let mark = reader.mark(of: "version")
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count),
            parts.allSatisfy({ part in Int(part).map { String($0) == part } ?? false })
        else {
            let bare =
                text.hasPrefix("v") ? "write \(text.dropFirst())" : "write a version such as 1.36 or 1.36.2"
            reader.diagnostics.error("'\(text)' is no version of Kubernetes", at: mark, cure: bare)
            return nil
        }
        let minor = parts.prefix(2).joined(separator: ".")
        let known = surroundings.versions.map(\.minor)
        if let first = known.first, let last = known.last, !known.contains(minor) {
            reader.diagnostics.error(
                "Kubernetes \(text) is not known", at: mark, cure: "take one from \(first) to \(last)")
        } else if parts.count == 3, let patch = Int(parts[2]),
            let row = surroundings.versions.first(where: { $0.minor == minor }), patch > row.patch
        {
            check(patch, of: text, newerThan: row, reader.diagnostics, at: mark)
        }
        return text
    }

    /// Says what can be told of a patch that is newer than the program knows: there may be one by now.
    ///
    /// A minor gets a patch a month for fourteen months, and now and then one between (kubernetes.io/releases); none
    /// has come to 30.
    private static func check(
        _ patch: Int, of text: String, newerThan row: Cluster.Surroundings.KnownVersion,
        _ diagnostics: Diagnostics, at mark: Mark?
    ) {
        let newest = "\(row.minor).\(row.patch)"
        if row.isFinal {
            diagnostics.error(
                "there is no Kubernetes \(text): \(newest) was the last of \(row.minor)", at: mark,
                cure: "write \(newest)")
        } else if patch >= 30 {
            diagnostics.error(
                "there is no Kubernetes \(text): no minor version has so many patches", at: mark,
                cure: "write \(newest), or \"\(row.minor)\" for the newest patch that this tool knows")
        } else {
            diagnostics.warning(
                "Kubernetes \(text) is newer than \(newest), the newest patch that this tool knows of \(row.minor)",
                at: mark, cure: "make sure that it exists: its packages are looked for as it stands")
        }
    }

    /// The endpoint, and where the control planes' common address stands if it is one.
    private static func endpoint(_ reader: inout MappingReader) -> (Endpoint?, Mark?) {
        let key = "controlPlaneEndpoint"
        if case .mapping? = reader.value(key)?.content {
            let virtual = VirtualAddress.read(key, of: &reader)
            return (virtual.map { .kubeVIP($0.address) }, virtual?.mark)
        }
        guard let text = reader.string(key) else { return (nil, nil) }
        if text == "node-proxy" { return (.nodeProxy, nil) }
        let checked = reader.check(text, as: .endpoint, name: key, at: reader.mark(of: key))
        return (checked.map { .address($0) }, nil)
    }

    private static func plugin(_ reader: inout MappingReader, in reading: InventoryReading) -> NetworkPlugin?
    {
        guard let text = reader.string("cni") else { return nil }
        let mark = reader.mark(of: "cni")
        switch text {
        case "calico": return .calico
        case "flannel": return .flannel
        case _ where text.contains("://"):
            let form = TextForm.openURL(orElse: "fetch the manifest and write the path of its file")
            return reader.check(text, as: form, name: "cni", at: mark).map { .url($0) }
        case _ where text.contains("/") || text.hasSuffix(".yaml") || text.hasSuffix(".yml"):
            return reading.existing(text, named: "'cni' of \(reader.what)", at: mark).map { .file($0) }
        default:
            let near = Suggestion.nearest(to: text, among: ["calico", "flannel"])
            reader.diagnostics.error(
                "'cni' of \(reader.what) cannot be '\(text)'", at: mark,
                cure: near.map { "did you mean '\($0)'?" }
                    ?? "write calico, flannel, or the URL or path of a manifest")
            return nil
        }
    }
}
