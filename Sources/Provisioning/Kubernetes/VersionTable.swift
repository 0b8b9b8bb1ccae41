package import Inventory
package import YAML

/// What goes with what: `playbooks/versions.yml`, read.
package struct VersionTable: Sendable {
    /// What goes with one minor version of Kubernetes.
    package struct Row: Sendable {
        /// The exact version that the minor stands for.
        package var patch: KubernetesVersion
        /// Whether no patch comes after it.
        package var isFinal: Bool
        /// API version of kubeadm's configuration: `v1beta4`.
        package var kubeadm: String
        /// Tag of the pause image.
        package var pause: String
        /// Lowest version of containerd.
        package var containerd: String
        /// First version of containerd that does not fit any more; nil where there is none.
        package var containerdBelow: String?
        /// Whether the kubelet still speaks to Docker.
        package var docker: Bool
        /// Whether pkgs.k8s.io has packages of it.
        package var packages: Bool
        /// Calico release whose tested range has it; nil where none can be pinned.
        package var calico: String?
        /// Lowest kernel that kubeadm takes; nil where any that Debian still has does.
        package var kernel: String?
        /// Whether the kubelet starts on control groups of version 2 only, where nobody tells it otherwise.
        package var needsUnifiedGroups = false
        /// Whether that release's makers tested it with this minor.
        package var calicoIsTested = true
    }

    /// A manifest that is fetched from a release and checked.
    package struct Manifest: Sendable, Hashable {
        /// Where it is.
        package var url: String
        /// SHA-256 of what is there, in hexadecimal.
        package var sha256: String
    }

    /// The minor that a missing version stands for.
    package var newest: String
    /// URL of the package repository, with `${minor}`.
    package var packageRepository: String
    /// URL of the key that signs it.
    package var packageKey: String
    /// Registry of Kubernetes' own images.
    package var imageRepository: String
    /// URL of the makers' packages of containerd.
    package var containerdRepository: String
    /// Rows by minor, in the order of the file.
    package var rows: [(minor: String, row: Row)]
    /// Calico's manifests by release.
    package var calico: [String: Manifest]
    /// Flannel's manifest.
    package var flannel: Manifest
    /// kube-vip's image.
    package var kubeVIP: String
}

/// The Kubernetes version that a cluster gets, with what goes with it.
package struct Release: Sendable {
    /// The exact version.
    package let version: KubernetesVersion
    /// What goes with it.
    package let row: VersionTable.Row
    /// The table that it came from.
    package let table: VersionTable

    /// Whether kubeadm writes extra arguments as a list of name and value (v1beta4 on) instead of a mapping.
    package var argumentsAreLists: Bool { row.kubeadm != "v1beta2" && row.kubeadm != "v1beta3" }

    /// The repository of CoreDNS' image, for a repository of Kubernetes' images.
    ///
    /// From 1.21.2 on kubeadm looks a folder deeper in its own default repository only (kubernetes#102502), which
    /// was k8s.gcr.io up to 1.24, save for the last patches; in registry.k8s.io the image lies deeper for all.
    package func dnsRepository(in images: String) -> String {
        let isDeeper = images == table.imageRepository && version >= KubernetesVersion(1, 21, 0)
        return isDeeper ? images + "/coredns" : images
    }

    /// What kubeadm must be told of the repository of CoreDNS' image, since it would look elsewhere; nil where it finds
    /// it by itself.
    func dnsOverride(in images: String) -> String? {
        let dns = dnsRepository(in: images)
        let told = KubernetesVersion(1, 21, 2)..<KubernetesVersion(1, 25, 0)
        return dns != images && told.contains(version) ? dns : nil
    }

    /// Where the container runtime listens, as this version's kubelet wants it written (a URL from 1.24 on).
    package func socket(of runtime: Kubernetes.Runtime) -> String {
        let path =
            switch runtime {
            case .containerd: "/run/containerd/containerd.sock"
            case .docker: "/var/run/dockershim.sock"
            }
        return version >= KubernetesVersion(1, 24, 0) ? "unix://" + path : path
    }
}

extension VersionTable {
    /// Finds what an inventory's `version` means: a minor, an exact version, or nil for `default`.
    ///
    /// - Returns: nil, with an error that names the known versions, when the table has no such minor.
    package func release(_ written: String?, at mark: Mark?, _ diagnostics: Diagnostics) -> Release? {
        let text = written ?? newest
        let bare = text.hasPrefix("v") ? String(text.dropFirst()) : text
        let exact = KubernetesVersion(bare)
        guard let row = rows.first(where: { $0.minor == exact?.minorName ?? bare })?.row else {
            let known = rows.map(\.minor)
            let range = "known are \(known.first ?? "") to \(known.last ?? "")"
            diagnostics.error("there is no Kubernetes \(text) that this tool knows", at: mark, cure: range)
            return nil
        }
        return Release(version: exact ?? row.patch, row: row, table: self)
    }
}
