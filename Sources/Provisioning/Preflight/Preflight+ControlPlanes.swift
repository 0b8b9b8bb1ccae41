import Inventory
import YAML

extension Preflight {
    /// How many control planes there may be, and how all hosts reach them.
    ///
    /// It is refused where one of them is to join; a cluster that stands may have lost one, and is only warned about.
    mutating func checkControlPlanes() {
        let planes = cluster.hosts(of: .controlPlane)
        guard planes.count > 1 else { return }
        let joins = planes.contains { facts[$0.name]?.isControlPlane == false }
        let severity: Diagnostic.Severity = joins ? .error : .warning
        if cluster.kubernetes.controlPlaneEndpoint == nil {
            findings.append(
                Finding(
                    severity, host: nil,
                    "all nodes reach the API by \(planes[0].name): without that host the others do not help",
                    cure:
                        "set kubernetes.controlPlaneEndpoint to node-proxy, to { kubeVIP: ADDRESS }, or to a name or "
                        + "address that leads to all of them, from the first day on: it cannot be changed later"
                ))
        }
        guard planes.count > 5 || planes.count.isMultiple(of: 2) else { return }
        let reason =
            planes.count > 5
            ? "every change waits for \(planes.count / 2 + 1) of them, and five bear the loss of two already"
            : "they bear the loss of no more than \(planes.count - 1) would, and one more can fail"
        findings.append(
            Finding(
                severity, host: nil, "there are \(planes.count) control planes: \(reason)",
                cure: "take one, three or five"))
    }

    /// Whether the inventory names another endpoint than the cluster was founded with.
    ///
    /// Without an endpoint of its own the inventory means the address of a control plane, and any of them will do.
    mutating func checkEndpoint() {
        let planes = cluster.hosts(of: .controlPlane)
        guard let founded = planes.compactMap({ facts[$0.name]?.clusterEndpoint }).first else { return }
        func isFounded(_ endpoint: String) -> Bool {
            (endpoint.contains(":") ? endpoint : endpoint + ":6443")
                == (founded.contains(":") ? founded : founded + ":6443")
        }
        let isSame =
            switch cluster.kubernetes.controlPlaneEndpoint {
            case .address(let address): isFounded(address)
            case .nodeProxy: isFounded(NodeProxy.endpoint)
            case .kubeVIP(let virtual): isFounded(KubeVIP.endpoint(virtual))
            case nil: planes.contains { isFounded($0.nodeAddress) }
            }
        guard !isSame else { return }
        let isCommon = planes.contains { facts[$0.name]?.hasKubeVIP ?? false }
        let before =
            if isFounded(NodeProxy.endpoint) {
                "node-proxy"
            } else if isCommon {
                "{ kubeVIP: \(founded.prefix { $0 != ":" }) }"
            } else {
                founded
            }
        error(
            nil, "all nodes of the cluster reach its API by \(before), and that cannot be changed",
            cure: planes.contains { isFounded($0.nodeAddress) }
                ? "take kubernetes.controlPlaneEndpoint out: it is for a cluster's first day; `mooc-cluster reset` "
                    + "and `up` make a new one"
                : "write controlPlaneEndpoint: \(before) below kubernetes")
    }
}
