/// What an inventory file describes: the cluster, its hosts, how to reach them, and what runs on it.
package struct Cluster: Sendable {
    /// The cluster's name: context name in kubeconfig, folder name in the state folder.
    package var name: String
    /// The inventory file as the person named it.
    package var file: String
    /// What Kubernetes is to look like.
    package var kubernetes: Kubernetes
    /// Where packages and images come from when not from the Internet's own places.
    package var mirrors: Mirrors
    /// Where the passwords of Ansible's vaults come from, by vault id; `default` is for those without one.
    package var vaults: [String: SecretSource] = [:]
    /// The hosts, in the order of the file.
    package var hosts: [Host]
    /// What is to run on it: the learning platform first, if it is asked for, then others in the order of the file.
    package var applications: [ApplicationPart]

    /// The learning platform; nil when the inventory asks for none.
    package var openedx: ApplicationPart? { applications.first { $0.application == ApplicationPart.openedx } }

    /// The hosts of a role.
    package func hosts(of role: Role) -> [Host] { hosts.filter { $0.role == role } }

    /// The control plane where the cluster starts: the first of the file.
    package var firstControlPlane: Host? { hosts(of: .controlPlane).first }
}

/// What a host is in the cluster.
package enum Role: String, Sendable, Hashable, CaseIterable {
    case controlPlane = "control-plane"
    case worker
}
