import Foundation
import Testing
import YAML

extension ClusterLife {
    @Test("`etcd status` and `certs show` say that all is well; `etcd snapshot` writes a private file")
    func memoryAndCertificates() async throws {
        try await requireProven()
        let status = try await site.run("etcd", "status", "--output", "json")
        try status.require(code: 0)
        let etcd = YAMLParser.document(status.output, file: "etcd", diagnostics: Diagnostics())
        #expect(etcd?["well"]?.text == "true")
        #expect(etcd?["members"]?.items?.compactMap { $0["name"]?.text } == [Self.n1.name])

        let file = try site.home + "/etcd.db"
        // It holds every secret of the cluster, and a later test looks for those.
        defer { try? FileManager.default.removeItem(atPath: file) }
        try await site.run("etcd", "snapshot", "--to", file).require(code: 0)
        let facts = try FileManager.default.attributesOfItem(atPath: file)
        #expect(facts[.posixPermissions] as? Int == 0o600)
        // etcd's own rule: pages of its database, and their digest of 32 bytes
        #expect((facts[.size] as? Int ?? 0) % 512 == 32)

        let shown = try await site.run("certs", "show", "--output", "json")
        try shown.require(code: 0)
        let list = YAMLParser.document(shown.output, file: "certs", diagnostics: Diagnostics())?.items ?? []
        for node in Self.nodes {
            let names = list.filter { $0["host"]?.text == node.name }.compactMap { $0["name"]?.text }
            #expect(names.contains("kubelet.conf"), "\(node)")
            #expect(names.contains("pki/apiserver.crt") == (node.name == Self.n1.name), "\(node)")
        }
    }
}
