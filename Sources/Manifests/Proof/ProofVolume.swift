package import Inventory
internal import YAML

/// Where the volume of a proof lies.
package enum ProofVolume: Sendable, Hashable {
    /// A folder of a node, made when it is not there.
    case local(node: String, path: String)
    /// A folder of an NFS server, which must be there.
    case nfs(server: String, path: String)
    /// A volume that a StorageClass makes.
    case storageClass(String)

    /// The same, on another node where its own is not among those that are ready.
    func among(_ ready: [String]) -> ProofVolume {
        guard case .local(let node, let path) = self, !ready.contains(node), let other = ready.last else {
            return self
        }
        return .local(node: other, path: path)
    }

    /// The StorageClass that makes it; nil where the proof makes the volume.
    var storageClass: String? {
        guard case .storageClass(let name) = self else { return nil }
        return name
    }

    /// The part of a PersistentVolume's specification that says so; nil where a StorageClass makes it.
    var source: Node? {
        switch self {
        case .local(let node, let path):
            let expression: Node = [
                "key": "kubernetes.io/hostname", "operator": "In", "values": [.string(node)],
            ]
            return [
                "hostPath": ["path": .string(path), "type": "DirectoryOrCreate"],
                "nodeAffinity": ["required": ["nodeSelectorTerms": [["matchExpressions": [expression]]]]],
            ]
        case .nfs(let server, let path): return ["nfs": ["server": .string(server), "path": .string(path)]]
        case .storageClass: return nil
        }
    }
}

extension ProofVolume {
    /// Where a proof may write in a cluster: beside the volumes of the first application, else below the usual root.
    package init(for cluster: Cluster) {
        let node = cluster.hosts(of: .worker).first?.name ?? cluster.hosts.first?.name ?? ""
        switch cluster.applications.first?.storage {
        case .nfs(let server, let path): self = .nfs(server: server, path: path)
        case .storageClass(let name, _): self = .storageClass(name)
        case .local(let root, let chosen):
            self = .local(node: chosen ?? node, path: "\(root)/\(Proof.namespace)")
        case nil: self = .local(node: node, path: "/var/lib/mooc-cluster/\(Proof.namespace)")
        }
    }
}
