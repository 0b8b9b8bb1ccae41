import Foundation
import Playbook
import Testing
import YAML

@testable import Provisioning

struct DiskTests {
    @Test(.enabled("only root writes there") { geteuid() == 0 }, arguments: ["control-plane", "worker"])
    func etcdsDiskIsMeasuredAndNothingIsLeft(role: String) async throws {
        let path = "playbooks/disk.yml"
        let playbook = try #require(
            Playbook.read(try Sample.file(path), file: path, diagnostics: Diagnostics()))
        var values = Values()
        values["ROLE"] = role
        let result = try await Runner().run(
            playbook, values: values, mode: .plan, privilege: .sudo,
            on: LocalTransport(environment: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"]))
        let measured = result.registered["DISK_SYNC"].flatMap { Int($0) }
        #expect((measured ?? 0 > 0) == (role == "control-plane"))
        for folder in ["/var/lib", "/var/lib/etcd"] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            #expect(!names.contains { $0.hasPrefix(".mooc-cluster-") })
        }
    }
}
