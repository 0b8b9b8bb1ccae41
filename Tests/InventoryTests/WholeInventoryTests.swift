import Inventory
import Testing
import YAML

@Suite("A right inventory")
struct WholeInventoryTests {
    @Test("everything that can be said is read")
    func whole() throws {
        let reading = reading(try golden("whole.yml"))
        #expect(reading.problems == [])
        let cluster = try #require(reading.cluster)
        #expect(cluster.name == "iitb")
        #expect(cluster.file == "lab/inventory.yml")
        let kubernetes = cluster.kubernetes
        #expect(kubernetes.version == "1.30")
        #expect(kubernetes.versionMark?.description == "lab/inventory.yml:3:12")
        #expect(kubernetes.podNetwork?.description == "10.244.0.0/16")
        #expect(kubernetes.serviceNetwork.description == "10.112.0.0/12")
        #expect(kubernetes.nodeCIDRMask == 25)
        #expect(kubernetes.networkPlugin == .file("lab/manifests/cni.yml"))
        #expect(kubernetes.imageRepository == "registry.example.edu/k8s")
        #expect(kubernetes.controlPlaneEndpoint == .address("k8s.example.edu:6443"))
        #expect(kubernetes.certificateNames == ["api.example.edu", "203.0.113.7"])
        #expect(cluster.mirrors.kubernetes == "http://198.51.100.1:8080/core:/stable:/v1.36/deb/")
        #expect(cluster.mirrors.registries.map(\.registry) == ["docker.io", "quay.io"])
        #expect(cluster.mirrors.proxy == Proxy("http://proxy.example.edu:3128"))
        #expect(cluster.mirrors.noProxy == [".example.edu", "198.51.100.0/24"])
    }

    @Test("hosts have what is theirs, and else what is said for all")
    func hosts() throws {
        let cluster = try #require(reading(try golden("whole.yml")).cluster)
        #expect(cluster.hosts.map(\.name) == ["master", "node1", "node2"])
        #expect(cluster.hosts.map(\.role) == [.controlPlane, .worker, .worker])
        #expect(cluster.hosts.map(\.nodeAddress) == ["198.51.100.11", "10.0.0.12", "127.0.0.1"])
        #expect(cluster.hosts[0].taints == ["a=b:NoSchedule", "c:NoExecute"])
        #expect(
            cluster.hosts[1].labels.map { "\($0.key)=\($0.value)" } == ["disk=ssd", "example.edu/rack=7"])
        #expect(cluster.hosts[1].staticAddress?.address.description == "10.0.0.12/24")
        #expect(cluster.hosts[1].staticAddress?.gateway == "10.0.0.1")
        #expect(cluster.hosts[1].staticAddress?.nameservers == ["10.0.0.2", "10.0.0.3"])
        #expect(cluster.hosts[1].staticAddress?.interface == "eth0")
        guard case .ssh(let all) = cluster.hosts[0].connection,
            case .ssh(let own) = cluster.hosts[1].connection,
            case .local = cluster.hosts[2].connection
        else {
            Issue.record("wrong connections")
            return
        }
        #expect(all.user == "ubuntu" && all.port == 2222 && all.connectTimeout == 20)
        #expect(all.key == "/home/op/.ssh/id_ed25519" && all.knownHosts == "lab/known_hosts")
        #expect(
            all.jump == ["gate@bastion.example.edu:2200"] && all.sudoPassword == .environment("SUDO_PASSWORD")
        )
        #expect(all.password == .environment("SSH_PASSWORD") && all.passphrase == .command("pass show key"))
        #expect(all.hostKeys == .acceptNew && all.silenceLimit == 60)
        #expect(own.user == "root" && own.port == 2222 && own.key == all.key)
        #expect(own.jump == ["a", "b@c:22"] && own.sudoPassword == .prompt)
    }

    @Test("the platform")
    func openedx() throws {
        let openedx = try #require(reading(try golden("whole.yml")).cluster?.openedx)
        #expect(
            openedx.edition == "ironwood" && openedx.host == "learn.example.edu" && openedx.namespace == "edx"
        )
        #expect(openedx.storage == .local(root: "/srv/openedx", node: "node1"))
        #expect(openedx.volumeNodes.map { "\($0.claim) \($0.node)" } == ["mongo-data node2"])
        #expect(openedx.volumeSizes.map { "\($0.claim) \($0.size)" } == ["mysql-data 40Gi"])
        #expect(openedx.secrets.map(\.name) == ["mongo", "mysql", "redis"])
        #expect(
            openedx.secrets.map(\.source) == [
                .command("pass mongo"), .file("lab/secrets/mysql"), .literal("s3cret"),
            ])
        #expect(openedx.images.map(\.reference) == ["registry.example.edu/lms:1"])
        #expect(openedx.replicas.map(\.count) == [3])
    }

    @Test("what is left out has its default")
    func defaults() throws {
        let reading = reading(inventory())
        #expect(reading.problems == [])
        let cluster = try #require(reading.cluster)
        #expect(cluster.kubernetes.version == nil)
        #expect(cluster.kubernetes.runtime == .containerd && cluster.kubernetes.networkPlugin == .calico)
        #expect(cluster.kubernetes.podNetwork == nil && cluster.kubernetes.nodeCIDRMask == nil)
        #expect(cluster.kubernetes.serviceNetwork.description == "10.96.0.0/12")
        #expect(cluster.mirrors.kubernetes == nil && cluster.mirrors.registries.isEmpty)
        #expect(cluster.openedx == nil && cluster.firstControlPlane?.name == "master")
        guard case .ssh(let options) = cluster.hosts[0].connection else {
            Issue.record("not SSH")
            return
        }
        #expect(options.user == nil && options.port == nil && options.key == nil && options.jump.isEmpty)
        #expect(options.sudoPassword == nil && options.connectTimeout == nil)
    }

    @Test("a role left out is a worker; parts with nothing in them are as if they were not there")
    func emptyParts() throws {
        let text = inventory(
            hosts: [
                "{ name: m, address: a.example, role: control-plane }", "{ name: n, address: b.example }",
            ],
            "kubernetes:\nssh:\nmirrors:\n  # proxy: x\nopenedx:\n")
        let reading = reading(text)
        #expect(reading.problems == [])
        #expect(reading.cluster?.hosts.last?.role == .worker)
        #expect(reading.cluster.map { $0.openedx == nil } == true)
    }

    @Test(
        "storage in all its forms",
        arguments: [
            ("", .local(root: "/var/lib/mooc-cluster", node: nil)),
            ("  storage: local\n", .local(root: "/var/lib/mooc-cluster", node: nil)),
            ("  storage: { local: }\n", .local(root: "/var/lib/mooc-cluster", node: nil)),
            ("  storage: { local: { node: node1 } }\n", .local(root: "/var/lib/mooc-cluster", node: "node1")),
            (
                "  storage: { nfs: { server: nas.example, path: /x/y } }\n",
                .nfs(server: "nas.example", path: "/x/y")
            ),
            ("  storage: { class: fast }\n", .storageClass("fast", shared: "fast")),
            (
                "  storage: { class: fast, sharedClass: files.v2 }\n",
                .storageClass("fast", shared: "files.v2")
            ),
        ] as [(String, ApplicationPart.Storage)])
    func storage(line: String, storage: ApplicationPart.Storage) {
        let reading = reading(inventory("openedx:\n  edition: ironwood\n  host: a.example\n" + line))
        #expect(reading.problems == [])
        #expect(reading.cluster?.openedx?.storage == storage)
    }

    @Test(
        "a version written as a number keeps its zero; v is not needed",
        arguments: ["1.30", "'1.30'", "1.30.4"])
    func version(text: String) {
        let reading = reading(inventory("kubernetes: { version: \(text) }\n"))
        #expect(reading.problems == [])
        #expect(reading.cluster?.kubernetes.version == text.replacing("'", with: ""))
    }

    @Test("nodes, pods and services side by side in one narrow network, as in the lab")
    func narrow() {
        let networks = "podNetwork: 198.51.100.128/25, serviceNetwork: 198.51.100.64/26, nodeCIDRMask: 28"
        #expect(reading(inventory("kubernetes: { \(networks) }\n")).problems == [])
    }

    @Test("a cluster's network inside of the wider one of a static address works, and is warned of")
    func inside() {
        let host = "{ name: m, address: 198.51.100.11, role: control-plane, staticAddress: 198.51.100.19/24 }"
        let reading = reading(
            inventory(hosts: [host], "kubernetes: { podNetwork: 198.51.100.128/25, nodeCIDRMask: 28 }\n"))
        #expect(reading.cluster != nil)
        #expect(
            reading.problems == [
                "3:76: warning: the pods' network 198.51.100.128/25 lies in 198.51.100.19/24 of host 'm'; "
                    + "let nobody there have an address in it, "
                    + "or set 'podNetwork' of 'kubernetes' to 10.244.0.0/16, for example"
            ])
    }
}
