import Inventory
import Manifests
import Playbook
import YAML

/// The values that playbooks are run with: what each name means for a host.
struct PhaseValues {
    let situation: Situation
    let host: Host
    /// What joins need; nil when nobody joins.
    let material: JoinMaterial?

    private var cluster: Cluster { situation.cluster }
    private var release: Release { situation.release }

    /// The values of the names that a playbook asks for.
    ///
    /// - Throws: ``UnknownValue`` for a name that means nothing here.
    func values(_ names: [String]) throws(UnknownValue) -> Values {
        var values = Values()
        for name in names {
            guard let value = value(name) else { throw UnknownValue(name: name) }
            values.set(name, value)
        }
        // no playbook asks for these: what a program prints of them is not shown
        for (name, text) in [
            ("PROXY_PASSWORD", cluster.mirrors.proxy?.password),
            ("PROXY_PASSWORD_WRITTEN", cluster.mirrors.proxy?.writtenPassword),
        ] {
            if let text { values.setSecret(name, Secret(text)) }
        }
        return values
    }

    private func value(_ name: String) -> Values.Value? {
        if name == "KUBEADM_JOIN_CONFIGURATION" { return .secret(Secret(joinConfiguration)) }
        let endpoint = NodeProxy.values(cluster)[name] ?? KubeVIP.value(name, situation, host)
        guard let text = ofHost(name) ?? ofCluster(name) ?? ofNetwork(name) ?? endpoint else { return nil }
        let isSecret = ["PROXY", "APT_PROXY_LOGIN"].contains(name) && cluster.mirrors.proxy?.password != nil
        return isSecret ? .secret(Secret(text)) : .plain(text)
    }

    private func ofHost(_ name: String) -> String? {
        let address = host.staticAddress
        return switch name {
        case "NODE_NAME": host.name
        case "NODE_ADDRESS": host.nodeAddress
        case "HOST_ADDRESS": Phases.kubeconfig.present(host).address
        case "ROLE": host.role.rawValue
        case "VOLUME_FOLDERS": lines(situation.folders.filter { $0.node == host.name }.map(\.line))
        case "NFS_FOLDERS": lines(situation.folders.filter { $0.server != nil }.map(\.line))
        case "STATIC_ADDRESS": address.map { "\($0.address)" } ?? ""
        case "STATIC_GATEWAY": address?.gateway ?? ""
        case "STATIC_NAMESERVERS": address?.nameservers.joined(separator: " ") ?? ""
        case "STATIC_INTERFACE": address?.interface ?? ""
        default: nil
        }
    }

    private func ofCluster(_ name: String) -> String? {
        let kubernetes = cluster.kubernetes
        let images = kubernetes.imageRepository ?? release.table.imageRepository
        let packages = cluster.mirrors.kubernetes.map { mirror in
            mirror.replacing("${minor}", with: release.version.minorName) + (mirror.hasSuffix("/") ? "" : "/")
        }
        return switch name {
        case "KUBERNETES_VERSION": "\(release.version)"
        case "IMAGE_REPOSITORY": images
        case "PACKAGES": "kubeadm kubelet kubectl"
        case "DNS_REPOSITORY": release.dnsRepository(in: images)
        case "DNS_OVERRIDE": release.dnsOverride(in: images) ?? ""
        case "PAUSE_IMAGE": "\(images)/pause:\(release.row.pause)"
        case "RUNTIME": kubernetes.runtime.rawValue
        case "CRI_SOCKET": release.socket(of: kubernetes.runtime)
        case "CONTAINERD_MINIMUM": release.row.containerd
        case "CONTAINERD_BELOW": release.row.containerdBelow ?? ""
        case "CONTAINERD_REPOSITORY": release.table.containerdRepository
        case "PACKAGE_REPOSITORY":
            packages ?? release.table.packageRepository.replacing("${minor}", with: release.version.minorName)
        case "PACKAGE_KEY": packages.map { $0 + "Release.key" } ?? release.table.packageKey
        case "KUBEADM_CONFIGURATION":
            KubeadmConfiguration(situation, for: host).initialisation.yamlDocuments()
        case "KUBECONFIG": "/etc/kubernetes/admin.conf"
        case "JOINS_CONTROL_PLANE": situation.joiningPlanes.isEmpty ? "" : "yes"
        case "NODE_COUNT": "\(Set(situation.knownNodes + present.map(\.name)).count)"
        case "NODE_NAMES": lines(present.map(\.name))
        case "NODE_LABELS":
            lines(present.flatMap { host in host.labels.map { "\(host.name) \($0.key)=\($0.value)" } })
        case "NODE_TAINTS": lines(present.flatMap { host in host.taints.map { "\(host.name) \($0)" } })
        default: nil
        }
    }

    private func ofNetwork(_ name: String) -> String? {
        let registries = cluster.mirrors.registries
        return switch name {
        case "POD_NETWORK": "\(situation.podNetwork)"
        case "NETWORK_PLUGIN": plugin.name
        case "NETWORK_MANIFEST": situation.networkManifest ?? ""
        case "NETWORK_URL": plugin.manifest?.url ?? ""
        case "NETWORK_SHA256": plugin.manifest?.sha256 ?? ""
        case "HOSTS_BLOCK": lines(cluster.hosts.map { "\($0.nodeAddress) \($0.name)" })
        case "REGISTRY_MIRRORS": lines(registries.map { "\($0.registry) \($0.url)" })
        case "PROXY": cluster.mirrors.proxy?.reveal() ?? ""
        case "NO_PROXY": ProxyExceptions(situation).list.joined(separator: ",")
        case "APT_PROXY": ProxyExceptions(situation).aptConfiguration
        case "APT_PROXY_LOGIN": aptLogin
        case "DOCKER_CONFIGURATION": dockerConfiguration
        default: nil
        }
    }

    /// What apt logs in to the proxy with, as apt_auth.conf(5) has it; empty where it needs no login.
    private var aptLogin: String {
        guard let proxy = cluster.mirrors.proxy, let user = proxy.user, let password = proxy.password else {
            return ""
        }
        return "machine \(proxy.address) login \(user) password \(password)"
    }

    private var plugin: (name: String, manifest: VersionTable.Manifest?) {
        switch cluster.kubernetes.networkPlugin {
        case .calico: ("calico", release.row.calico.flatMap { release.table.calico[$0] })
        case .flannel: ("flannel", release.table.flannel)
        case .url(let url): ("manifest", VersionTable.Manifest(url: url, sha256: ""))
        case .file: ("manifest", nil)
        }
    }

    /// The hosts that take part in the run; another may stand in the inventory and not yet in the cluster.
    private var present: [Host] { cluster.hosts.filter { situation.facts[$0.name] != nil } }

    private var joinConfiguration: String {
        guard let material else { return "" }
        return KubeadmConfiguration(situation, for: host).join(material).yamlDocuments()
    }

    private var dockerConfiguration: String {
        var node: Node = [
            "exec-opts": ["native.cgroupdriver=systemd"],
            "log-driver": "json-file",
            "log-opts": ["max-size": "100m"],
            "storage-driver": "overlay2",
        ]
        // Docker knows mirrors for its own registry only
        let mirrors = cluster.mirrors.registries.filter { $0.registry == "docker.io" }.map(\.url)
        if !mirrors.isEmpty { node["registry-mirrors"] = .sequence(mirrors.map { .string($0) }) }
        return node.json(pretty: true)
    }

    private func lines(_ lines: [String]) -> String { lines.joined(separator: "\n") }
}

/// A playbook asks for a value that nothing here gives.
package struct UnknownValue: Error, Sendable, Hashable {
    /// The value's name.
    package let name: String
}
