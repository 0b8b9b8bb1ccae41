import YAML

extension ClusterChecks {
    /// The control planes' common address must be no host's own, and must not lie where pods and services have theirs.
    func virtualAddress() {
        guard let kubernetes, let mark = kubernetes.virtualAddress,
            let virtual = kubernetes.kubernetes.virtualAddress,
            let number = CIDR.address(of: virtual.address)
        else { return }
        let cure = "take one of the control planes' network that nobody has"
        for draft in hosts {
            let host = draft.host
            let own = [host.address, host.privateAddress].compactMap { $0.flatMap(CIDR.address(of:)) }
            guard own.contains(number) || host.staticAddress?.address.address == number else { continue }
            diagnostics.error(
                "\(virtual.address) cannot be the control planes' common address: \(draft.what) has it",
                at: mark, cure: cure)
        }
        let networks = [
            ("pods", kubernetes.kubernetes.podNetwork), ("services", kubernetes.kubernetes.serviceNetwork),
        ]
        for case (let whose, let network?) in networks where network.contains(number) {
            diagnostics.error(
                "\(virtual.address) cannot be the control planes' common address: it lies in the \(whose)' network "
                    + "\(network)", at: mark, cure: cure)
        }
    }
}
