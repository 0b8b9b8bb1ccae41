import Foundation
import Playbook
import TestSupport
import Testing
import YAML

@testable import Inventory
@testable import Provisioning

struct KubeadmConfigurationTests {
    private func situation(_ version: String, planes: Int = 1) throws -> Situation {
        var cluster = Sample.cluster(planes: planes, version: version)
        cluster.kubernetes.nodeCIDRMask = 26
        cluster.kubernetes.certificateNames = ["k8s.example.edu"]
        var facts = Sample.facts(cluster)
        facts["w1"]?.nameservers = ["127.0.0.53"]
        facts["w1"]?.upstreamNameservers = ["192.0.2.1"]
        return try Sample.situation(cluster, facts: facts)
    }

    @Test(arguments: ["1.20", "1.24", "1.31", "1.36"])
    func initialisation(_ version: String) throws {
        let situation = try situation(version)
        let documents = KubeadmConfiguration(situation, for: situation.cluster.hosts[0]).initialisation
        try Golden.expect(documents.yamlDocuments(), is: "init-\(version).yaml", in: Bundle.module)
    }

    @Test(arguments: ["1.20", "1.24", "1.31", "1.36"])
    func joining(_ version: String) throws {
        let situation = try situation(version, planes: 2)
        let material = JoinMaterial(
            token: Secret("abcdef.0123456789abcdef"), certificateHash: "sha256:00ff",
            certificateKey: Secret("0011223344"))
        var text = ""
        for name in ["c2", "w1"] {
            let host = try #require(situation.cluster.hosts.first { $0.name == name })
            text += KubeadmConfiguration(situation, for: host).join(material).yamlDocuments()
        }
        try Golden.expect(text, is: "join-\(version).yaml", in: Bundle.module)
    }

    @Test func oldControlGroupsAreAllowedFrom35() throws {
        for (version, allowed) in [("1.34", nil), ("1.35", "false")] {
            let cluster = Sample.cluster(version: version)
            var facts = Sample.facts(cluster)
            facts["w2"]?.hasUnifiedGroups = false
            let situation = try Sample.situation(cluster, facts: facts)
            let documents = KubeadmConfiguration(situation, for: cluster.hosts[0]).initialisation
            let kubelet = try #require(documents.first { $0["kind"]?.text == "KubeletConfiguration" })
            #expect(kubelet["failCgroupV1"]?.text == allowed)
        }
    }

    @Test(arguments: [
        (["127.0.0.53"], ["192.0.2.1"], true), (["192.0.2.1", "127.0.0.1"], ["192.0.2.1"], true),
        // dnsmasq or unbound on the host: there is no file of systemd-resolved to name
        (["127.0.0.1"], [], false), (["192.0.2.1"], ["192.0.2.1"], false),
    ])
    func resolverOfPods(_ nameservers: [String], _ upstream: [String], _ isNamed: Bool) throws {
        let cluster = Sample.cluster()
        var facts = Sample.facts(cluster)
        facts["w1"]?.nameservers = nameservers
        facts["w1"]?.upstreamNameservers = upstream
        let situation = try Sample.situation(cluster, facts: facts)
        let documents = KubeadmConfiguration(situation, for: cluster.hosts[1]).join(.planned)
        #expect(documents.yamlDocuments().contains("/run/systemd/resolve/resolv.conf") == isNamed)
    }

    @Test func containersLeaveConnectionTrackingAlone() throws {
        let cluster = Sample.cluster()
        var facts = Sample.facts(cluster)
        facts["w1"]?.container = "systemd-nspawn"
        let situation = try Sample.situation(cluster, facts: facts)
        let documents = KubeadmConfiguration(situation, for: cluster.hosts[0]).initialisation
        let proxy = try #require(documents.first { $0["kind"]?.text == "KubeProxyConfiguration" })
        #expect(proxy["conntrack"]?["maxPerCore"]?.text == "0")
    }
}
