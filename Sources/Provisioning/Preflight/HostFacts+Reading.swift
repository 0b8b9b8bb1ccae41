import Inventory
package import Playbook

extension HostFacts {
    /// Reads what `facts.yml` registered; what is missing or unreadable stays unknown.
    package init(_ values: Values) {
        let os = Self.lines(values["OS"], keepsEmpty: true)
        system = Self.line(os, 0)
        systemName = Self.line(os, 2)
        systemLike = Self.words(Self.line(os, 3))
        let machine = Self.lines(values["MACHINE"])
        architecture = Self.line(machine, 0)
        kernel = Self.line(machine, 1)
        processors = Int(Self.line(machine, 2)) ?? 0
        memoryKiB = Int(Self.line(machine, 3)) ?? 0
        hasUnifiedGroups = values["CGROUP"] == "cgroup2fs"
        let first = Self.lines(values["INIT"])
        initProcess = Self.line(first, 0)
        container = first.dropFirst().first.flatMap { $0 == "none" ? nil : $0 }
        let identity = Self.lines(values["IDENTITY"], keepsEmpty: true)
        hostname = Self.line(identity, 0)
        machineID = Self.line(identity, 1)
        productUUID = Self.line(identity, 2)
        bootID = Self.line(identity, 3)
        clock = values["CLOCK"].flatMap { Int($0) }
        isTimeSynchronised = values["TIME_SYNC"].flatMap { $0.isEmpty ? nil : $0 == "yes" }
        addressTakenBack = Self.lines(values["ADDRESS_TAKEN_BACK"]).first
        swaps = Self.lines(values["SWAP"])
        aptLockHolders = Self.lines(values["APT_LOCK"])
        hasApt = !(values["PACKAGES"] ?? "").isEmpty
        rebootPackages = Self.lines(values["REBOOT"])
        ports = Set(Self.lines(values["PORTS"]).compactMap { Int($0) })
        firewall = Self.table(values["FIREWALLS"]).first.map { words in
            Firewall(name: words[0], ports: words.dropFirst().flatMap(Self.ports))
        }
        otherKubernetes = Self.lines(values["OTHER_KUBERNETES"])
        mountsNFS = Self.lines(values["REMOTE_FILE_SYSTEMS"]).contains("nfs")
        diskSync = values["DISK_SYNC"].flatMap { Int($0) }
        let joined = Self.lines(values["JOINED"])
        hasJoined = joined.contains("kubelet")
        isControlPlane = joined.contains("control-plane")
        isUnfinished = joined.contains("unfinished")
        hasNodeProxy = joined.contains("api-proxy")
        hasKubeVIP = joined.contains("kube-vip")
        virtualAddressTaken = Self.lines(values["KUBE_VIP_TAKEN"]).first
        readNetwork(values)
        readVersions(values)
    }

    private mutating func readNetwork(_ values: Values) {
        for words in Self.table(values["DISKS"]) where words.count == 4 {
            disks.append(
                Disk(
                    path: words[0], freeKiB: Int(words[1]) ?? 0, freeInodes: Int(words[2]),
                    options: words[3].split(separator: ",").map(String.init)))
        }
        for words in Self.table(values["LINKS"]) where words.count == 3 {
            links.append(Link(name: words[0], mtu: Int(words[1]) ?? 0, hardwareAddress: words[2]))
        }
        for words in Self.table(values["ADDRESSES"]) where words.count == 2 {
            if let address = CIDR(words[1]) { addresses.append((words[0], address)) }
        }
        for words in Self.table(values["ROUTES"]) {
            guard let target = words.first, let device = words.firstIndex(of: "dev"),
                words.indices.contains(device + 1)
            else { continue }
            let network = CIDR(target) ?? CIDR(target + "/32")
            guard network != nil || target == "default" else { continue }
            routes.append(
                Route(network: network, link: words[device + 1], isOnLink: !words.contains("via")))
        }
        for words in Self.table(values["RESOLVERS"]) where words.count == 2 {
            if words[0] == "/etc/resolv.conf" {
                nameservers.append(words[1])
            } else {
                upstreamNameservers.append(words[1])
            }
        }
    }

    private mutating func readVersions(_ values: Values) {
        for words in Self.table(values["VERSIONS"]) where words.count == 2 {
            switch words[0] {
            case "containerd": containerd = words[1]
            case "docker": docker = words[1]
            case "kubeadm": kubeadm = KubernetesVersion(words[1])
            case "kubelet": kubelet = KubernetesVersion(words[1])
            case "kubectl": kubectl = KubernetesVersion(words[1])
            case "apiserver": apiServer = KubernetesVersion(words[1])
            default: break
            }
        }
        for words in Self.table(values["CLUSTER"]) where words.count == 2 {
            switch words[0] {
            case "version": clusterVersion = KubernetesVersion(words[1])
            case "endpoint": clusterEndpoint = words[1].filter { $0 != "\"" }
            case "pods": clusterPodNetwork = CIDR(words[1])
            case "services": clusterServiceNetwork = CIDR(words[1])
            default: break
            }
        }
        guard let known = values["NODES"], known != "unknown" else { return }
        let table = Self.table(known)
        if !table.isEmpty { nodes = table.map { $0[0] } }
        for words in table where words.count > 1 {
            nodeVersions[words[0]] = KubernetesVersion(words[1])
            if words.last == "held" { heldNodes.insert(words[0]) }
        }
    }

    /// The TCP ports that a word of a firewall's rules means: `6443/tcp`, `2379:2380`, `80,443/tcp`, `all`.
    private static func ports(_ word: String) -> [ClosedRange<Int>] {
        if word == "all" { return [0...65535] }
        let halves = word.split(separator: "/")
        guard let list = halves.first, halves.count == 1 || halves[1] == "tcp" else { return [] }
        return list.split(separator: ",").compactMap { part in
            let ends = part.split { $0 == ":" || $0 == "-" }.map { Int($0) }
            guard let first = ends.first, let last = ends.last, let first, let last, first <= last else {
                return nil
            }
            return first...last
        }
    }

    private static func lines(_ text: String?, keepsEmpty: Bool = false) -> [String] {
        (text ?? "").split(separator: "\n", omittingEmptySubsequences: !keepsEmpty).map(String.init)
    }

    private static func line(_ lines: [String], _ index: Int) -> String {
        lines.indices.contains(index) ? lines[index] : ""
    }

    private static func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

    private static func table(_ text: String?) -> [[String]] { lines(text).map(words) }
}
