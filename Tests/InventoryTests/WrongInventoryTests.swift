import Inventory
import Testing

@Suite("A wrong inventory")
struct WrongInventoryTests {
    @Test("everything that is wrong is said at once, by place")
    func allAtOnce() throws {
        let reading = reading(try golden("wrong.yml"))
        #expect(reading.problems.joined(separator: "\n") + "\n" == (try golden("wrong.txt")))
        #expect(reading.cluster == nil)
    }

    private static let plane = "{ name: m, address: 198.51.100.11, role: control-plane }"

    @Test(
        "Kubernetes",
        arguments: [
            Wrong("version: 1.99", "5:24: Kubernetes 1.99 is not known; take one from 1.20 to 1.37"),
            Wrong("version: v1.36", "5:24: 'v1.36' is no version of Kubernetes; write 1.36"),
            Wrong(
                "version: newest",
                "5:24: 'newest' is no version of Kubernetes; write a version such as 1.36 or 1.36.2"),
            Wrong(
                "version: 1.36.02",
                "5:24: '1.36.02' is no version of Kubernetes; write a version such as 1.36 or 1.36.2"),
            Wrong(
                "version: 1.36.999",
                "5:24: there is no Kubernetes 1.36.999: no minor version has so many patches; write 1.36.4, or \"1.36\" for the newest patch that this tool knows"
            ),
            Wrong(
                "version: 1.33.5",
                "5:24: there is no Kubernetes 1.33.5: 1.33.4 was the last of 1.33; write 1.33.4"),
            Wrong(
                "version: 1.36.5",
                "5:24: warning: Kubernetes 1.36.5 is newer than 1.36.4, the newest patch that this tool knows of 1.36; make sure that it exists: its packages are looked for as it stands"
            ),
            Wrong("version: 1.33.4"), Wrong("version: 1.36.0"),
            Wrong(
                "runtime: podman",
                "5:24: 'runtime' of the part 'kubernetes' cannot be 'podman'; write one of containerd, docker"
            ),
            Wrong(
                "cni: calicoo",
                "5:20: 'cni' of the part 'kubernetes' cannot be 'calicoo'; did you mean 'calico'?"),
            Wrong(
                "cni: weave",
                "5:20: 'cni' of the part 'kubernetes' cannot be 'weave'; write calico, flannel, or the URL or path of a manifest"
            ),
            Wrong(
                "cni: no.yml",
                "5:20: 'cni' of the part 'kubernetes': there is no file 'no.yml' (looked for at lab/no.yml); mend the path; it starts at the inventory's folder unless it begins with '/' or '~/'"
            ),
            Wrong(
                "cni: 'ftp://x/y'",
                "5:20: 'cni' of the part 'kubernetes' must be a URL without a login, not 'ftp://x/y'; write one that starts with http:// or https:// and has a host"
            ),
            Wrong(
                "podNetwork: 10.244.1.0/16",
                "5:27: 'podNetwork' of the part 'kubernetes' is an address in a network; write 10.244.0.0/16"),
            Wrong(
                "podNetwork: 10.244.0.0",
                "5:27: 'podNetwork' of the part 'kubernetes' must be a network, not '10.244.0.0'; write an address and a prefix length, such as 10.244.0.0/16"
            ),
            Wrong(
                "podNetwork: 10.0.0.0/4",
                "5:27: 'podNetwork' of the part 'kubernetes' has the prefix length 4; take one from 8 to 28"),
            Wrong(
                "podNetwork: 10.0.0.0/30",
                "5:27: 'podNetwork' of the part 'kubernetes' has the prefix length 30; take one from 8 to 28"),
            Wrong(
                "podNetwork: 127.0.0.0/16",
                "5:27: 'podNetwork' of the part 'kubernetes' shares addresses with 127.0.0.0/8, each machine's own; take a private range, such as 10.244.0.0/16"
            ),
            Wrong(
                "podNetwork: 10.96.0.0/16",
                "5:27: the pods' network 10.96.0.0/16 shares addresses with the services' network 10.96.0.0/12; take 10.244.0.0/16, for example"
            ),
            Wrong(
                "podNetwork: 10.244.0.0/24",
                "5:27: 10.244.0.0/24 has room for 1 of the 2 hosts, as each takes a range of prefix length 24; take a wider 'podNetwork' or a longer 'nodeCIDRMask'"
            ),
            Wrong(
                "podNetwork: 172.0.0.0/9, nodeCIDRMask: 26",
                "5:54: 172.0.0.0/9 has more than 65536 ranges of prefix length 26; take a prefix length of at most 25"
            ),
            Wrong(
                "controlPlaneEndpoint: 'https://x:6443'",
                "5:37: 'controlPlaneEndpoint' of the part 'kubernetes' must be a host name or address with a port, not 'https://x:6443'; write something like k8s.example.edu:6443, or node-proxy, or { kubeVIP: ADDRESS }"
            ),
            Wrong("controlPlaneEndpoint: { kubeVIP: 198.51.100.30, interface: eth1 }"),
            Wrong(
                "controlPlaneEndpoint: { kubeVIP: k8s.example.edu }",
                "5:48: 'kubeVIP' of 'controlPlaneEndpoint' of the part 'kubernetes' must be an IPv4 address, not 'k8s.example.edu'; four numbers from 0 to 255 with dots between make an address"
            ),
            Wrong(
                "controlPlaneEndpoint: { kubeVIP: 198.51.100.30/24 }",
                "5:48: 'kubeVIP' of 'controlPlaneEndpoint' of the part 'kubernetes' must be an IPv4 address, not '198.51.100.30/24'; write 198.51.100.30 without the prefix"
            ),
            Wrong(
                "controlPlaneEndpoint: { kubeVip: 198.51.100.30 }",
                "5:37: 'controlPlaneEndpoint' of the part 'kubernetes' has no 'kubeVIP'; add 'kubeVIP: …'",
                "5:39: 'controlPlaneEndpoint' of the part 'kubernetes' has no key 'kubeVip'; did you mean 'kubeVIP'?"
            ),
            Wrong(
                "controlPlaneEndpoint: { kubeVIP: 198.51.100.12 }",
                "5:48: 198.51.100.12 cannot be the control planes' common address: host 'node1' has it; take one of the control planes' network that nobody has"
            ),
            Wrong(
                "serviceNetwork: 10.112.0.0/16, controlPlaneEndpoint: { kubeVIP: 10.112.3.4 }",
                "5:79: 10.112.3.4 cannot be the control planes' common address: it lies in the services' network 10.112.0.0/16; take one of the control planes' network that nobody has"
            ),
            Wrong(
                "podNetwork: 10.244.0.0/16, controlPlaneEndpoint: { kubeVIP: 10.244.3.4 }",
                "5:75: 10.244.3.4 cannot be the control planes' common address: it lies in the pods' network 10.244.0.0/16; take one of the control planes' network that nobody has"
            ),
            Wrong(
                "verison: '1.36'", "5:15: the part 'kubernetes' has no key 'verison'; did you mean 'version'?"
            ),
        ])
    func kubernetes(wrong: Wrong) {
        #expect(reading(inventory("kubernetes: { \(wrong.text) }\n")).problems == wrong.problems)
    }

    @Test(
        "SSH",
        arguments: [
            Wrong(
                "key: ~/.ssh/id_rsa",
                "5:13: 'key' of the part 'ssh': there is no file '~/.ssh/id_rsa' (looked for at /home/op/.ssh/id_rsa); mend the path; it starts at the inventory's folder unless it begins with '/' or '~/'"
            ),
            Wrong(
                "key: /none",
                "5:13: 'key' of the part 'ssh': there is no file '/none'; mend the path; it starts at the inventory's folder unless it begins with '/' or '~/'"
            ),
            Wrong(
                "user: -oProxyCommand",
                "5:14: 'user' of the part 'ssh' must be a login name, not '-oProxyCommand'; use letters, digits, '.', '_' and '-', and not '-' as the first"
            ),
            Wrong(
                "port: '22'",
                "5:14: 'port' of the part 'ssh' must be a whole number, not the text '22'; write 22 without quotes"
            ),
            Wrong(
                "jump: a@b@c",
                "5:14: 'jump' of the part 'ssh' must be a jump host, not 'a@b@c'; write user@host:port, or user@host, or host"
            ),
            Wrong(
                "jump: [a, '-x']",
                "5:18: 'jump' of the part 'ssh' must be a jump host, not '-x'; write user@host:port, or user@host, or host"
            ),
        ])
    func ssh(wrong: Wrong) {
        #expect(reading(inventory("ssh: { \(wrong.text) }\n")).problems == wrong.problems)
    }

    @Test(
        "mirrors",
        arguments: [
            Wrong(
                "proxy: 'proxy:3128'",
                "5:19: 'proxy' of the part 'mirrors' must be a URL, not 'proxy:3128'; write one that starts with http:// or https:// and has a host"
            ),
            Wrong(
                "registries: { 'http://docker.io': 'http://x' }",
                "5:26: 'http://docker.io' in 'registries' of the part 'mirrors' is no registry; write its host, such as docker.io or registry.example.edu:5000"
            ),
            Wrong(
                "registries: [docker.io]",
                "5:24: 'registries' of the part 'mirrors' must be a mapping, not a list; write 'name: value' lines below it"
            ),
        ])
    func mirrors(wrong: Wrong) {
        #expect(reading(inventory("mirrors: { \(wrong.text) }\n")).problems == wrong.problems)
    }

    @Test(
        "Open edX",
        arguments: [
            Wrong(
                "edition: ironwod, host: a.example",
                "5:21: 'edition' of the part 'openedx' cannot be 'ironwod'; did you mean 'ironwood'?"),
            Wrong("edition: ironwood", "5:10: the part 'openedx' has no 'host'; add 'host: …'"),
            Wrong(
                "edition: ironwood, host: 192.0.2.1",
                "5:37: 'host' of the part 'openedx' must be a host name, not '192.0.2.1'; write a name such as learn.example.edu"
            ),
            Wrong(
                "edition: ironwood, host: a.example, storage: nfs",
                "5:57: 'storage' of the part 'openedx' is nfs and does not say where; write {nfs: {server: …, path: …}}"
            ),
            Wrong(
                "edition: ironwood, host: a.example, storage: locale",
                "5:57: 'storage' of the part 'openedx' cannot be 'locale'; did you mean 'local'?"),
            Wrong(
                "edition: ironwood, host: a.example, storage: {nfs: {server: n.example}}",
                "5:63: 'nfs' of 'storage' of the part 'openedx' has no 'path'; add 'path: …'"),
            Wrong(
                "edition: ironwood, host: a.example, storage: {local: {root: /}}",
                "5:72: 'root' of 'local' of 'storage' of the part 'openedx' must be an absolute path, not '/'; write a path such as /srv/openedx, without '..'"
            ),
            Wrong(
                "edition: ironwood, host: a.example, storage: {}",
                "5:57: 'storage' of the part 'openedx' must be one of local, nfs and class; keep one of them"),
            Wrong(
                "edition: ironwood, host: a.example, storage: class",
                "5:57: 'storage' of the part 'openedx' is class and does not say which; write {class: …}, with the name of a StorageClass"
            ),
            Wrong(
                "edition: ironwood, host: a.example, storage: {local: , class: fast}",
                "5:57: 'storage' of the part 'openedx' must be one of local, nfs and class; keep one of them"),
            Wrong(
                "edition: ironwood, host: a.example, storage: {local: , sharedClass: files}",
                "5:80: 'sharedClass' of 'storage' of the part 'openedx' counts with 'class' alone; take it out"
            ),
            Wrong(
                "edition: ironwood, host: a.example, storage: {local: {node: nod1}}",
                "5:72: no host has the name 'nod1'; did you mean 'node1'?"),
            Wrong(
                "edition: ironwood, host: a.example, volumeNodes: {mongo-data: other}",
                "5:74: no host has the name 'other'; write one of master, node1"),
            Wrong(
                "edition: ironwood, host: a.example, volumeSizes: {mongo-data: 10GB}",
                "5:74: 'volumeSizes.mongo-data' of the part 'openedx' must be a size, not '10GB'; write a whole number with Mi, Gi or Ti, such as 40Gi"
            ),
            Wrong(
                "edition: ironwood, host: a.example, volumeSizes: {mongo: 10Gi}",
                "5:62: 'volumeSizes' of the part 'openedx' names 'mongo', and the edition has no such claim; did you mean 'mongo-data'?"
            ),
            Wrong(
                "edition: ironwood, host: a.example, replicas: {lms: -1}",
                "5:64: 'lms' of 'replicas' of the part 'openedx' must lie between 0 and 1000, not be -1"),
            Wrong(
                "edition: ironwood, host: a.example, images: {lsm: r/lms:1}, replicas: {nothing: 2}",
                "5:57: 'images' of the part 'openedx' names 'lsm', and the edition has no such image; did you mean 'lms'?",
                "5:83: 'replicas' of the part 'openedx' names 'nothing', and the edition has no such service with replicas; known are lms, studio"
            ),
            Wrong(
                "edition: ironwood, host: a.example, secrets: {mysq: prompt, radis: 5}, volumeNodes: {mysql: m}",
                "5:58: 'secrets' of the part 'openedx' names 'mysq', and the edition has no such secret; did you mean 'mysql'?",
                "5:72: 'secrets' of the part 'openedx' names 'radis', and the edition has no such secret; did you mean 'redis'?",
                "5:79: the secret 'radis' of the part 'openedx' is not a text as it stands; quote it",
                "5:97: 'volumeNodes' of the part 'openedx' names 'mysql', and the edition has no such claim; did you mean 'mysql-data'?",
                "5:104: no host has the name 'm'; write one of master, node1"),
            Wrong(
                "edition: ironwod, host: a.example, images: {lsm: r/lms:1}",
                "5:21: 'edition' of the part 'openedx' cannot be 'ironwod'; did you mean 'ironwood'?"),
        ])
    func openedx(wrong: Wrong) {
        #expect(reading(inventory("openedx: { \(wrong.text) }\n")).problems == wrong.problems)
    }

    @Test("addresses that lie in networks of the cluster", arguments: ["podNetwork", "serviceNetwork"])
    func overlaps(key: String) {
        let of = key == "podNetwork" ? "pods'" : "services'"
        #expect(
            reading(inventory("kubernetes: { \(key): 198.51.100.0/24 }\n")).problems.filter {
                !$0.contains("room for")
            } == [
                "3:30: 198.51.100.11 of host 'master' lies in the \(of) network 198.51.100.0/24; "
                    + "set '\(key)' of 'kubernetes' to 10.244.0.0/16, for example",
                "4:29: 198.51.100.12 of host 'node1' lies in the \(of) network 198.51.100.0/24; "
                    + "set '\(key)' of 'kubernetes' to 10.244.0.0/16, for example",
            ])
    }

    @Test(
        "YAML's own traps",
        arguments: [
            Wrong(
                "cluster: no\nhosts: [\(plane)]\n",
                "1:10: 'cluster' of the inventory is no without quotes, which YAML parsers read in different ways; write false, or \"no\" for the text"
            ),
            Wrong(
                "cluster: a\ncluster: b\nhosts: [\(plane)]\n",
                "2:1: the key 'cluster' stands twice in one mapping, first at 1:1; keep one of them"
            ),
            Wrong(
                "cluster: a\nhosts:\n\t- \(plane)\n",
                "3:1: a tab stands where YAML wants spaces; indent with spaces"),
            Wrong("", "1:1: the file is empty"),
            Wrong(
                "[]", "1:1: the inventory must be a mapping, not a list; write 'key: value' lines below it"),
        ])
    func traps(wrong: Wrong) {
        #expect(reading(wrong.text).problems == wrong.problems)
    }

    @Test("a byte order mark does no harm")
    func byteOrderMark() { #expect(reading("\u{FEFF}" + inventory()).problems == []) }

    @Test("the common address is none of a host's, whichever it is", arguments: [13, 14, 15])
    func commonAddress(_ last: Int) {
        let host =
            "{ name: w, address: 198.51.100.13, privateAddress: 198.51.100.14, role: worker, "
            + "staticAddress: 198.51.100.15/24 }"
        let address = "198.51.100.\(last)"
        let reading = reading(
            inventory(
                hosts: [Self.plane, host], "kubernetes: { controlPlaneEndpoint: { kubeVIP: \(address) } }\n"))
        #expect(
            reading.problems.filter { $0.contains("common address") } == [
                "5:48: \(address) cannot be the control planes' common address: host 'w' has it; "
                    + "take one of the control planes' network that nobody has"
            ])
    }

    @Test("several control planes are warned about, and no more")
    func controlPlanes() {
        let second = "{ name: m2, address: 198.51.100.12, role: control-plane }"
        let reading = reading(inventory(hosts: [Self.plane, second]))
        #expect(reading.cluster?.hosts.count == 2)
        #expect(
            reading.problems == [
                "4:5: warning: 2 control planes are reached by the address of the first alone; "
                    + "set 'controlPlaneEndpoint' of 'kubernetes' to node-proxy, to { kubeVIP: ADDRESS }, or to a name "
                    + "that leads to all of them",
                "4:5: warning: 2 control planes bear the loss of no more of them than 1 would; take an odd number",
            ])
    }
}
