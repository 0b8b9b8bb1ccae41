import Playbook
import Testing
import YAML

@testable import Inventory
@testable import Provisioning

/// What becomes of a proxy with a password on hosts.
struct ProxyTests {
    private static let files = ["playbooks/system.yml", "playbooks/containerd.yml", "playbooks/docker.yml"]

    private func values(_ names: [String], proxy: String) throws -> Values {
        var cluster = Sample.cluster()
        cluster.mirrors.proxy = Proxy(proxy)
        let situation = try Sample.situation(cluster)
        return try PhaseValues(situation: situation, host: cluster.hosts[0], material: nil).values(names)
    }

    @Test func aptIsToldTheLoginApart() throws {
        let url = "http://anna:p%40ss@proxy.example.edu:3128"
        let values = try values(["APT_PROXY", "APT_PROXY_LOGIN", "PROXY"], proxy: url)
        let lines = values["APT_PROXY"]?.split(separator: "\n") ?? []
        #expect(lines.first == "Acquire::http::Proxy \"http://proxy.example.edu:3128\";")
        #expect(values["APT_PROXY"]?.contains("ss@") == false)
        #expect(
            values["APT_PROXY_LOGIN"] == "machine http://proxy.example.edu:3128 login anna password p@ss")
        #expect(values["PROXY"] == url)
        #expect(Set(values.secretTexts).isSuperset(of: [url, "p@ss", "p%40ss"]))
    }

    @Test func withoutALoginNothingIsSecret() throws {
        let values = try values(
            ["APT_PROXY", "APT_PROXY_LOGIN", "PROXY"], proxy: "http://proxy.example.edu:3128")
        #expect(values["APT_PROXY_LOGIN"] == "")
        #expect(values.secretTexts == [])
    }

    /// Every file of the playbooks that gets a value with the password in it is for its owner alone.
    @Test(arguments: files)
    func filesWithThePasswordAreForRootAlone(_ path: String) throws {
        let diagnostics = Diagnostics()
        let playbook = try #require(
            Playbook.read(try Sample.file(path), file: path, diagnostics: diagnostics))
        var found = 0
        for step in playbook.steps {
            guard case .file(let file) = step.work, let content = file.content else { continue }
            guard content.names.contains(where: ["PROXY", "APT_PROXY_LOGIN"].contains) else { continue }
            #expect(file.mode == "600", "\(step.name)")
            found += 1
        }
        #expect(found == 1)
    }
}
