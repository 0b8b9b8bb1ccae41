import Inventory
import Provisioning
import Testing
import YAML

struct KubernetesVersionTests {
    @Test(arguments: ["1.36.2", "v1.36.2"])
    func reads(_ text: String) { #expect(KubernetesVersion(text) == KubernetesVersion(1, 36, 2)) }

    @Test(arguments: ["", "1", "1.36", "1.36.2.3", "1.036.2", "vv1.36.2", "1.36.x", "1.-3.2", "1.36.2-rc1"])
    func refuses(_ text: String) { #expect(KubernetesVersion(text) == nil) }

    @Test func orders() {
        #expect(KubernetesVersion(1, 9, 9) < KubernetesVersion(1, 20, 0))
        #expect(KubernetesVersion(1, 20, 10) > KubernetesVersion(1, 20, 9))
    }

    @Test func everyMinorFrom20To37IsThere() throws {
        let table = try Sample.table()
        #expect(table.rows.map(\.minor) == (20...37).map { "1.\($0)" })
        for (minor, row) in table.rows {
            #expect(row.patch.minorName == minor)
            if let calico = row.calico { #expect(table.calico[calico]?.sha256.count == 64) }
        }
    }

    @Test func followsTheFactsOfVersions() throws {
        // provisioning-peers.md 5.1: API versions, dockershim, CRI v1alpha2 and containerd 2
        for (minor, row) in try Sample.table().rows {
            let number = row.patch.minor
            let api = number < 22 ? "v1beta2" : number < 31 ? "v1beta3" : "v1beta4"
            #expect(row.kubeadm == api, "\(minor)")
            #expect(row.docker == (number < 24), "\(minor)")
            #expect((row.containerdBelow != nil) == (number < 26), "\(minor)")
            #expect(row.packages == (number >= 24), "\(minor)")
            // kubernetes.io/releases: 1.33 came to its end in June 2026
            #expect(row.isFinal == (number < 34), "\(minor)")
        }
    }

    @Test func resolves() throws {
        #expect(try Sample.release("1.20.2").version == KubernetesVersion(1, 20, 2))
        #expect(try Sample.release("v1.20.2").version == KubernetesVersion(1, 20, 2))
        #expect(try Sample.release("1.30").version == KubernetesVersion(1, 30, 14))
        let table = try Sample.table()
        #expect(try Sample.release(nil).version == table.rows.first { $0.minor == "1.36" }?.row.patch)
    }

    @Test func refusesWhatDoesNotExist() throws {
        let diagnostics = Diagnostics()
        let mark = Mark(file: "i.yml", line: 3, column: 12)
        #expect(try Sample.table().release("1.99", at: mark, diagnostics) == nil)
        #expect(
            diagnostics.items.map(\.description) == [
                "i.yml:3:12: there is no Kubernetes 1.99 that this tool knows; known are 1.20 to 1.37"
            ])
    }

    @Test func socketsAreUrlsFrom24() throws {
        #expect(try Sample.release("1.23").socket(of: .containerd) == "/run/containerd/containerd.sock")
        #expect(
            try Sample.release("1.24").socket(of: .containerd) == "unix:///run/containerd/containerd.sock")
        #expect(try Sample.release("1.20").socket(of: .docker) == "/var/run/dockershim.sock")
    }

    @Test(
        arguments: [
            ("1.20", nil, "registry.k8s.io"), ("1.21", nil, "registry.k8s.io/coredns"),
            ("1.36", nil, "registry.k8s.io/coredns"),
            ("1.36", "mirror.example.edu/k8s", "mirror.example.edu/k8s"),
        ] as [(String, String?, String)])
    func repositoryOfCoreDNS(_ version: String, _ images: String?, _ expected: String) throws {
        let release = try Sample.release(version)
        #expect(release.dnsRepository(in: images ?? release.table.imageRepository) == expected)
    }
}
