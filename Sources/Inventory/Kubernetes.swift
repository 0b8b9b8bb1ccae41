package import YAML

/// The `kubernetes:` part of an inventory.
package struct Kubernetes: Sendable {
    /// As written: a minor (`1.36`) or an exact version (`1.36.2`); nil means `default` of the table of
    /// versions.
    package var version: String?
    /// Where `version` stands, else the part that it belongs to.
    package var versionMark: Mark?
    /// The container runtime.
    package var runtime: Runtime
    /// Pods' addresses; nil means a range that no host has a route into.
    package var podNetwork: CIDR?
    /// Services' addresses.
    package var serviceNetwork: CIDR
    /// Prefix length of the range that each node gets of `podNetwork`; nil leaves kubeadm's default (24).
    package var nodeCIDRMask: Int?
    /// The network plugin.
    package var networkPlugin: NetworkPlugin
    /// Registry of Kubernetes' own images; nil leaves the default of that Kubernetes version.
    package var imageRepository: String?
    /// How the control planes are reached together; nil means the first one's address.
    package var controlPlaneEndpoint: Endpoint?
    /// Further names and addresses for the API server's certificate.
    package var certificateNames: [String]

    /// The address that the control planes have in common; nil where each has only its own.
    package var virtualAddress: VirtualAddress? {
        if case .kubeVIP(let address)? = controlPlaneEndpoint { address } else { nil }
    }

    /// A container runtime.
    package enum Runtime: String, Sendable, CaseIterable { case containerd, docker }

    /// A way that leads to all control planes.
    package enum Endpoint: Sendable, Hashable {
        /// A name and port of the operator's own, such as `k8s.example.edu:6443`.
        case address(String)
        /// A proxy on every node, which needs no machine besides the nodes.
        case nodeProxy
        /// An address that kube-vip puts onto the link of one of the control planes.
        case kubeVIP(VirtualAddress)
    }

    /// A network plugin: a known one, or a manifest.
    package enum NetworkPlugin: Sendable, Hashable {
        case calico
        case flannel
        /// A manifest by URL, fetched by the first control plane.
        case url(String)
        /// A manifest file, relative to the inventory.
        case file(String)
    }
}

/// The `mirrors:` part of an inventory.
package struct Mirrors: Sendable {
    /// URL of the package repository of Kubernetes, in which `${minor}` stands for the minor version; nil means
    /// pkgs.k8s.io.
    package var kubernetes: String?
    /// Registry (`docker.io`) to the URL of its mirror, in order of name.
    package var registries: [(registry: String, url: String)]
    /// HTTP proxy for packages and images.
    package var proxy: Proxy?
    /// Hosts, domains and networks that are reached without the proxy, besides the cluster's own.
    package var noProxy: [String]
}
