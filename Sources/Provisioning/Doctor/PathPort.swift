import Inventory

/// Something that a host must answer on.
package enum PathPort: Sendable, Hashable {
    /// A TCP port.
    case tcp(Int)
    /// A UDP port.
    case udp(Int)
    /// A protocol of IP by its number.
    case ip(Int)

    /// As `playbooks/paths.pl` writes it: `tcp/6443`.
    package var word: String {
        switch self {
        case .tcp(let number): "tcp/\(number)"
        case .udp(let number): "udp/\(number)"
        case .ip(let number): "ip/\(number)"
        }
    }

    /// For people: `TCP 6443`.
    package var name: String {
        switch self {
        case .tcp(let number): "TCP \(number)"
        case .udp(let number): "UDP \(number)"
        case .ip(let number): "IP protocol \(number)"
        }
    }

    /// What one host needs of another: kubernetes.io's "Ports and Protocols", and what the network plugin's own pages name.
    static func needed(by from: Host, of to: Host, _ cluster: Cluster) -> [PathPort] {
        var ports: [PathPort] = []
        if to.role == .controlPlane { ports.append(.tcp(6443)) }
        if from.role == .controlPlane {
            ports.append(.tcp(10250))
            if to.role == .controlPlane { ports += [.tcp(2379), .tcp(2380)] }
        }
        switch cluster.kubernetes.networkPlugin {
        // BGP, and IPIP, which its manifest turns on
        case .calico: ports += [.tcp(179), .ip(4)]
        case .flannel: ports.append(.udp(8472))
        case .url, .file: break
        }
        return ports
    }
}
