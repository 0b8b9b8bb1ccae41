import Inventory
import YAML

/// kube-vip, which has the control planes' common address on the link of whichever of them holds a Lease
/// (`controlPlaneEndpoint: { kubeVIP: … }`).
enum KubeVIP {
    /// Where a node reaches the API by the common address.
    static func endpoint(_ virtual: VirtualAddress) -> String { "\(virtual.address):6443" }

    /// Whether a run is to have it, which its phases share.
    static let isAskedFor: @Sendable (Situation, Host) -> Bool = { situation, _ in
        situation.cluster.kubernetes.virtualAddress != nil
    }

    /// The playbooks that look at hosts for its sake, besides that of facts.
    static func questions(_ cluster: Cluster) -> [String] {
        cluster.kubernetes.virtualAddress == nil ? [] : ["playbooks/kube-vip-probe.yml"]
    }

    /// What those ask for; a worker is asked nothing.
    static func questionValues(_ cluster: Cluster, _ host: Host) -> [String: String] {
        let virtual = host.role == .controlPlane ? cluster.kubernetes.virtualAddress : nil
        return ["KUBE_VIP": virtual?.address ?? "", "KUBE_VIP_INTERFACE": virtual?.interface ?? ""]
    }

    /// The link that a control plane bears the address on: the one that is named, else the one with its node address.
    ///
    /// - Returns: nil where the host has no such link yet, and nothing says which it will be.
    static func link(_ virtual: VirtualAddress, of host: Host, _ facts: HostFacts?) -> String? {
        if let named = virtual.interface { return named }
        let own = CIDR.address(of: host.nodeAddress)
        if let link = facts?.addresses.first(where: { $0.address.address == own })?.link { return link }
        // a static address that is yet to be given goes to this link
        return host.staticAddress?.interface ?? facts?.routes.first { $0.network == nil }?.link
    }

    /// What playbooks ask for by a name, if it is of kube-vip.
    ///
    /// It is empty where another endpoint is wanted, the image on a worker, and the pod for the start where no cluster
    /// starts.
    static func value(_ name: String, _ situation: Situation, _ host: Host) -> String? {
        let names = ["KUBE_VIP", "KUBE_VIP_IMAGE", "KUBE_VIP_MANIFEST", "KUBE_VIP_FIRST_MANIFEST"]
        guard names.contains(name) else { return nil }
        guard let virtual = situation.cluster.kubernetes.virtualAddress else { return "" }
        let image = situation.release.table.kubeVIP
        let manifest = KubeVIPManifest(
            virtual: virtual, image: image, link: link(virtual, of: host, situation.facts[host.name]) ?? "")
        return switch name {
        case "KUBE_VIP": virtual.address
        case "KUBE_VIP_IMAGE": host.role == .controlPlane ? image : ""
        case "KUBE_VIP_MANIFEST": manifest.pod(credentials: "admin.conf").yaml()
        case "KUBE_VIP_FIRST_MANIFEST" where host.name == situation.cluster.firstControlPlane?.name:
            manifest.pod(credentials: firstCredentials(of: situation.release.version)).yaml()
        default: ""
        }
    }

    /// The credentials that the API server takes while the first control plane is being initialised.
    ///
    /// From 1.29 on those of admin.conf may do nothing before kubeadm has bound their group to a role, which it does
    /// through the common address (kube-vip#684).
    private static func firstCredentials(of version: KubernetesVersion) -> String {
        version >= KubernetesVersion(1, 29, 0) ? "super-admin.conf" : "admin.conf"
    }
}
