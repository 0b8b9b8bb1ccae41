package import Inventory
import Playbook
package import YAML

/// Builds kubeadm's configuration as data, in the API version that goes with the Kubernetes version.
///
/// Sources: kubeadm's reference of v1beta2, v1beta3 and v1beta4 (kubernetes.io, "Configuration APIs").
package struct KubeadmConfiguration: Sendable {
    private let situation: Situation
    private let host: Host

    /// Starts a configuration for one host.
    package init(_ situation: Situation, for host: Host) {
        self.situation = situation
        self.host = host
    }

    private var cluster: Cluster { situation.cluster }
    private var release: Release { situation.release }
    private var apiVersion: Node { .string("kubeadm.k8s.io/" + release.row.kubeadm) }

    /// The documents for `kubeadm init`.
    package var initialisation: [Node] {
        [initConfiguration, clusterConfiguration, kubeletConfiguration] + proxyConfiguration
    }

    /// The documents for `kubeadm join`.
    ///
    /// The configuration holds the token, so what is made of it is a secret.
    package func join(_ material: JoinMaterial) -> [Node] {
        var node: Node = [
            "apiVersion": apiVersion,
            "kind": "JoinConfiguration",
            "discovery": [
                "bootstrapToken": [
                    "apiServerEndpoint": .string(situation.endpoint),
                    "token": .string(material.token.reveal()),
                    "caCertHashes": [.string(material.certificateHash)],
                ]
            ],
            "nodeRegistration": registration,
        ]
        if host.role == .controlPlane {
            var plane: Node = [
                "localAPIEndpoint": ["advertiseAddress": .string(host.nodeAddress), "bindPort": 6443]
            ]
            if let key = material.certificateKey { plane["certificateKey"] = .string(key.reveal()) }
            node["controlPlane"] = plane
        }
        return [node]
    }

    private var initConfiguration: Node {
        [
            "apiVersion": apiVersion,
            "kind": "InitConfiguration",
            // kubeadm makes a token in any case: it is to be gone soon
            "bootstrapTokens": [["ttl": "15m0s"]],
            "localAPIEndpoint": ["advertiseAddress": .string(host.nodeAddress), "bindPort": 6443],
            "nodeRegistration": registration,
        ]
    }

    private var clusterConfiguration: Node {
        var manager: Node?
        if let mask = cluster.kubernetes.nodeCIDRMask {
            manager = ["extraArgs": arguments([("node-cidr-mask-size", "\(mask)")])]
        }
        var node: Node = [
            "apiVersion": apiVersion,
            "kind": "ClusterConfiguration",
            "clusterName": .string(cluster.name),
            "kubernetesVersion": .string("v\(release.version)"),
            "imageRepository": .string(cluster.kubernetes.imageRepository ?? release.table.imageRepository),
            "controlPlaneEndpoint": .string(situation.endpoint),
            "networking": [
                "dnsDomain": "cluster.local",
                "podSubnet": .string("\(situation.podNetwork)"),
                "serviceSubnet": .string("\(cluster.kubernetes.serviceNetwork)"),
            ],
            "apiServer": ["certSANs": .sequence(certificateNames.map { .string($0) })],
        ]
        node["controllerManager"] = manager
        let images = cluster.kubernetes.imageRepository ?? release.table.imageRepository
        if let dns = release.dnsOverride(in: images) { node["dns"] = ["imageRepository": .string(dns)] }
        return node
    }

    private var kubeletConfiguration: Node {
        var node: Node = [
            "apiVersion": "kubelet.config.k8s.io/v1beta1",
            "kind": "KubeletConfiguration",
            "cgroupDriver": "systemd",
        ]
        // from 1.35 the kubelet refuses control groups of version 1 unless told (KEP-5573)
        let hasOldGroups = cluster.hosts.contains { situation.facts[$0.name]?.hasUnifiedGroups == false }
        if release.version >= KubernetesVersion(1, 35, 0), hasOldGroups { node["failCgroupV1"] = false }
        return node
    }

    private var proxyConfiguration: [Node] {
        // in a container the table of connections belongs to the machine, and kube-proxy may not size it
        guard cluster.hosts.contains(where: { situation.facts[$0.name]?.container != nil }) else { return [] }
        return [
            [
                "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
                "kind": "KubeProxyConfiguration",
                "conntrack": ["maxPerCore": 0],
            ]
        ]
    }

    private var registration: Node {
        var extra = [("node-ip", host.nodeAddress)]
        if let facts = situation.facts[host.name], facts.resolverLoops, !facts.upstreamNameservers.isEmpty {
            // a resolver on this host itself: cluster DNS must ask the servers behind it, or it asks itself;
            // where the resolver is not systemd's there is no such file, and no pod would start with its name
            extra.append(("resolv-conf", "/run/systemd/resolve/resolv.conf"))
        }
        return [
            "name": .string(host.name),
            "criSocket": .string(release.socket(of: cluster.kubernetes.runtime)),
            "kubeletExtraArgs": arguments(extra),
        ]
    }

    private var certificateNames: [String] {
        let planes = cluster.hosts(of: .controlPlane)
        var names = ["localhost", "127.0.0.1"]
        for plane in planes { names += [plane.name, plane.address, plane.nodeAddress] }
        names.append(String(situation.endpoint.prefix { $0 != ":" }))
        names += cluster.kubernetes.certificateNames
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    private func arguments(_ pairs: [(name: String, value: String)]) -> Node {
        if release.argumentsAreLists {
            return .sequence(pairs.map { ["name": .string($0.name), "value": .string($0.value)] })
        }
        return Node(.mapping(Mapping(pairs.map { Mapping.Entry(key: $0.name, value: .string($0.value)) })))
    }
}
