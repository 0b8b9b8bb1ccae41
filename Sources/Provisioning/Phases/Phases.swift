import Inventory
import Manifests

/// The phases of `up`, in the order that they are listed in; what a phase waits for is in its needs.
package enum Phases {
    /// Looking at hosts; it comes before all others, since the preflight compares hosts with each other.
    package static let facts = Phase(
        id: "facts", title: "Facts", help: "Reads what each host is; changes nothing.", hosts: .all,
        needs: [],
        usesOldAddress: true)

    /// The identifier of the phase that is the first to reach a host by its static address.
    static let addressConfirmation = "address-confirm"

    /// Reading the administrator's kubeconfig.
    static let kubeconfig = Phase(
        id: "kubeconfig", title: "kubeconfig", help: "Reads the administrator's kubeconfig.",
        hosts: .firstControlPlane, needs: [.sameHost("control-plane")])

    /// Joining a further control plane.
    static let joinControlPlane = Phase(
        id: "join-control-plane", title: "Join a control plane",
        help: "Further control planes join, one after the other, as etcd wants it.",
        hosts: .furtherControlPlanes,
        needs: [.sameHost("images"), .sameHost("api-proxy"), .firstControlPlane("join-material")],
        isSerial: true, playbookName: "join")

    /// All phases that change hosts.
    package static let all: [Phase] = [
        Phase(
            id: "swap", title: "Swap off",
            help: "Turns swap off, now and at boot: fstab entries, systemd units, zram.",
            hosts: .all, needs: [], usesOldAddress: true),
        Phase(
            id: "system", title: "System",
            help: "Host name, hosts file, kernel modules, sysctls, apt's proxy, certificates, clock.",
            hosts: .all, needs: [.sameHost("swap")], usesOldAddress: true),
        Phase(
            id: "address", title: "Static address",
            help:
                "Gives a host the address of the inventory for good; the old one comes back if nobody confirms.",
            hosts: .all, needs: [.sameHost("system")], usesOldAddress: true,
            applies: { $1.staticAddress != nil }),
        Phase(
            id: addressConfirmation, title: "Static address confirmed",
            help: "Confirms the new address through the new address, and takes the old one away.",
            hosts: .all, needs: [.sameHost("address")], applies: { $1.staticAddress != nil }),
        Phase(
            id: "containerd", title: "containerd",
            help: "Installs and configures containerd: systemd cgroups, pause image, mirrors, proxy.",
            hosts: .all, needs: [.sameHost("address-confirm")],
            applies: { situation, _ in situation.cluster.kubernetes.runtime == .containerd }),
        Phase(
            id: "docker", title: "Docker",
            help: "Installs and configures Docker, for Kubernetes before 1.24.",
            hosts: .all, needs: [.sameHost("address-confirm")],
            applies: { situation, _ in situation.cluster.kubernetes.runtime == .docker }),
        Phase(
            id: "packages", title: "Kubernetes packages",
            help: "kubeadm, kubelet and kubectl at one version, held there.",
            hosts: .all, needs: [.sameHost("containerd"), .sameHost("docker")]),
        Phase(
            id: "api-proxy", title: "API proxy",
            help: "A proxy on the node that leads to all control planes, where the endpoint is node-proxy.",
            hosts: .all, needs: [.sameHost("packages")], followsControlPlanes: true,
            applies: { situation, _ in situation.cluster.kubernetes.controlPlaneEndpoint == .nodeProxy }),
        Phase(
            id: "images", title: "Images",
            help: "Pulls the images of Kubernetes before they are needed.",
            hosts: .all, needs: [.sameHost("packages")]),
        Phase(
            id: "volumes", title: "Volume folders",
            help: "Makes the folders of Open edX's volumes on the nodes that hold them.",
            hosts: .all, needs: [.sameHost("address-confirm")],
            applies: { situation, host in situation.folders.contains { $0.node == host.name } }),
        Phase(
            id: "nfs", title: "Volumes on a server",
            help: "Installs mount.nfs, and tries the folders of the NFS server: owners, writing, locks.",
            hosts: .all, needs: [.sameHost("images")],
            applies: { situation, _ in situation.folders.contains { $0.server != nil } }),
        Phase(
            id: "kube-vip-start", title: "kube-vip for the start",
            help: "With kubeVIP: the common address, before kubeadm init looks for the API at it.",
            hosts: .firstControlPlane, needs: [.sameHost("images")], playbookName: "kube-vip",
            applies: KubeVIP.isAskedFor),
        Phase(
            id: "control-plane", title: "Control plane",
            help: "Starts the cluster with kubeadm init from a configuration file.",
            hosts: .firstControlPlane,
            needs: [.sameHost("images"), .sameHost("api-proxy"), .sameHost("kube-vip-start")]),
        Phase(
            id: "kube-vip", title: "kube-vip",
            help: "With kubeVIP: the control planes' common address, as it stays.",
            hosts: .firstControlPlane, needs: [.sameHost("control-plane")], applies: KubeVIP.isAskedFor),
        Phase(
            id: "join-material", title: "Join material",
            help: "Makes a token that lives for two hours at most, when a host is to join.",
            hosts: .firstControlPlane, needs: [.sameHost("kube-vip")],
            applies: { situation, _ in !situation.joining.isEmpty }),
        Phase(
            id: "network-plugin", title: "Network plugin",
            help: "Applies Calico, Flannel or the manifest of the inventory.",
            hosts: .firstControlPlane, needs: [.sameHost("kube-vip")]),
        kubeconfig,
        joinControlPlane,
        Phase(
            id: "kube-vip-further", title: "kube-vip on a further control plane",
            help: "With kubeVIP: control planes that have joined can take over the common address.",
            hosts: .furtherControlPlanes, needs: [.sameHost("join-control-plane")], playbookName: "kube-vip",
            applies: KubeVIP.isAskedFor),
        Phase(
            id: "api-server", title: "API server",
            help: "With several control planes: the first one's API server starts anew after others joined.",
            hosts: .firstControlPlane, needs: [.everywhere("kube-vip-further")],
            applies: { situation, _ in situation.cluster.hosts(of: .controlPlane).count > 1 }),
        Phase(
            id: "join", title: "Join", help: "Workers join, all at once.",
            hosts: .workers, needs: [.sameHost("api-proxy"), .firstControlPlane("join-material")]),
        Phase(
            id: "join-done", title: "Join material away",
            help: "Takes the token back when nobody joins any more.",
            hosts: .firstControlPlane, needs: [.everywhere("join-control-plane"), .everywhere("join")]),
        Phase(
            id: "nodes", title: "Nodes", help: "Waits until every node is Ready; sets labels and taints.",
            hosts: .firstControlPlane,
            needs: [
                .sameHost("network-plugin"), .sameHost("api-server"), .everywhere("kube-vip-further"),
                .everywhere("join"),
            ]),
        Phase(
            id: "coredns", title: "CoreDNS", help: "Cluster DNS rolled out, on more than one node.",
            hosts: .firstControlPlane, needs: [.sameHost("nodes")]),
    ]
}
