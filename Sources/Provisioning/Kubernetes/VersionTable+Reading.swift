package import YAML

extension VersionTable {
    /// Reads `versions.yml`; nil, with errors, when something in it is wrong.
    package static func read(_ bytes: [UInt8], file: String, _ diagnostics: Diagnostics) -> VersionTable? {
        guard let root = YAMLParser.document(bytes, file: file, diagnostics: diagnostics),
            var reader = MappingReader(root, what: "the version table", diagnostics: diagnostics)
        else { return nil }
        let newest = reader.requiredString("default")
        let repository = reader.requiredString("packageRepository")
        let key = reader.requiredString("packageKey")
        let images = reader.requiredString("imageRepository")
        let containerd = reader.requiredString("containerdRepository")
        let rows = reader.requiredValue("kubernetes")?.entries?.compactMap { entry in
            row(entry.value, minor: entry.key, diagnostics).map { (minor: entry.key, row: $0) }
        }
        let calicoURL = reader.requiredString("calicoManifest")
        let checksums = reader.requiredValue("calico")?.entries
        let flannel = reader.requiredValue("flannel").flatMap { manifest($0, diagnostics) }
        let kubeVIP = reader.requiredValue("kubeVIP").flatMap { image($0, "kube-vip", diagnostics) }
        reader.finish()
        guard let newest, let repository, let key, let images, let containerd, let rows, let calicoURL,
            let checksums, let flannel, let kubeVIP, !diagnostics.hasErrors
        else { return nil }
        var calico: [String: Manifest] = [:]
        for entry in checksums {
            calico[entry.key] = Manifest(
                url: calicoURL.replacing("${release}", with: entry.key), sha256: entry.value.text ?? "")
        }
        return VersionTable(
            newest: newest, packageRepository: repository, packageKey: key, imageRepository: images,
            containerdRepository: containerd, rows: rows, calico: calico, flannel: flannel,
            kubeVIP: kubeVIP)
    }

    private static func row(_ node: Node, minor: String, _ diagnostics: Diagnostics) -> Row? {
        guard var reader = MappingReader(node, what: "Kubernetes \(minor)", diagnostics: diagnostics)
        else { return nil }
        let patch = reader.requiredString("patch").flatMap { KubernetesVersion($0) }
        let isFinal = reader.bool("final")
        let kubeadm = reader.requiredString("kubeadm")
        let pause = reader.requiredString("pause")
        let containerd = reader.requiredString("containerd")
        let below = reader.string("below")
        let docker = reader.bool("docker")
        let packages = reader.bool("packages")
        let calico = reader.string("calico")
        let kernel = reader.string("kernel")
        let cgroup = reader.string("cgroup")
        let calicoIsTested = reader.bool("calicoTested")
        reader.finish()
        guard let patch, let kubeadm, let pause, let containerd else {
            diagnostics.error("Kubernetes \(minor) lacks an exact version of its own", at: node.mark)
            return nil
        }
        return Row(
            patch: patch, isFinal: isFinal ?? false, kubeadm: kubeadm, pause: pause, containerd: containerd,
            containerdBelow: below, docker: docker ?? false, packages: packages ?? true, calico: calico,
            kernel: kernel, needsUnifiedGroups: cgroup == "2",
            calicoIsTested: calicoIsTested ?? true)
    }

    private static func image(_ node: Node, _ what: String, _ diagnostics: Diagnostics) -> String? {
        guard var reader = MappingReader(node, what: what, diagnostics: diagnostics) else { return nil }
        let release = reader.requiredString("release")
        let image = reader.requiredString("image")
        reader.finish()
        guard let release, let image else { return nil }
        return image.replacing("${release}", with: release)
    }

    private static func manifest(_ node: Node, _ diagnostics: Diagnostics) -> Manifest? {
        guard var reader = MappingReader(node, what: "flannel", diagnostics: diagnostics) else { return nil }
        let release = reader.requiredString("release")
        let url = reader.requiredString("manifest")
        let sha256 = reader.requiredString("sha256")
        reader.finish()
        guard let release, let url, let sha256 else { return nil }
        return Manifest(url: url.replacing("${release}", with: release), sha256: sha256)
    }
}
