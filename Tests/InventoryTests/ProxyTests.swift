import Inventory
import Testing

@Suite("A proxy")
struct ProxyTests {
    private func said(_ mirrors: String, mode: Int? = 0o600) -> [String] {
        reading(inventory("mirrors: { \(mirrors) }\n"), mode: mode).problems
    }

    @Test("its login is taken apart")
    func parts() {
        let proxy = Proxy("http://anna%40cs:p%3Aw:@proxy.example.edu:3128/x@y")
        #expect(proxy.address == "http://proxy.example.edu:3128/x@y")
        #expect(proxy.user == "anna@cs")
        #expect(proxy.password == "p:w:")
        #expect(proxy.writtenPassword == "p%3Aw:")
        let open = Proxy("http://proxy.example.edu:3128")
        #expect(open.address == "http://proxy.example.edu:3128" && open.user == nil && open.password == nil)
        #expect(Proxy("http://anna@proxy.example.edu").password == nil)
    }

    @Test("its password is not printed")
    func printed() throws {
        let text = inventory("mirrors: { proxy: 'http://u:canary@proxy.example.edu:3128' }\n")
        let cluster = try #require(reading(text).cluster)
        var dumped = ""
        dump(cluster, to: &dumped)
        #expect(!"\(cluster)".contains("canary") && !String(reflecting: cluster).contains("canary"))
        #expect(!dumped.contains("canary"))
        #expect("\(Proxy("http://u:canary@p:1"))" == "http://u:••••••@p:1")
    }

    @Test("a password asks for the mode 0600; without one any mode will do")
    func mode() {
        #expect(
            said("proxy: 'http://u:canary@p.example'", mode: 0o644) == [
                "5:19: the proxy's password is written in a file that others may read (mode 0644); chmod 600 lab/inventory.yml"
            ])
        #expect(said("proxy: 'http://u:canary@p.example'") == [])
        #expect(said("proxy: 'http://p.example'", mode: 0o644) == [])
    }

    @Test("no message shows the password", arguments: ["http://u:canary@bad host", "http://u:canary@p:x"])
    func messages(url: String) {
        let problems = said("proxy: '\(url)'")
        #expect(problems.count == 1)
        #expect(!problems.joined().contains("canary") && problems.joined().contains("u:••••••@"))
    }

    @Test(
        "a login that apt cannot be told",
        arguments: ["http://u:can%20ary@p.example", "http://:pw@p.example"])
    func unusable(url: String) {
        #expect(
            said("proxy: '\(url)'") == [
                "5:19: the proxy's login is not a name and a password without white space; "
                    + "write http://name:password@host:port; apt takes no other"
            ])
    }

    @Test("no other URL may hold a login, since its file is everybody's")
    func others() {
        let without = "write it without the part up to '@'"
        #expect(
            said(
                "kubernetes: 'http://u:canary@m.example/deb/', registries: { docker.io: 'https://u:canary@m.example' }"
            )
                == [
                    "5:24: 'kubernetes' of the part 'mirrors' must be a URL without a login, not 'http://u:••••••@m.example/deb/'; \(without); "
                        + "put the login into a file below /etc/apt/auth.conf.d of the hosts, as apt_auth.conf(5) says",
                    "5:83: 'registries.docker.io' of the part 'mirrors' must be a URL without a login, not 'https://u:••••••@m.example'; \(without); "
                        + "container runtimes take no login for a mirror",
                ])
        #expect(
            reading(inventory("kubernetes: { cni: 'https://u:canary@m.example/c.yml' }\n")).problems == [
                "5:20: 'cni' of the part 'kubernetes' must be a URL without a login, not 'https://u:••••••@m.example/c.yml'; \(without); "
                    + "fetch the manifest and write the path of its file"
            ])
    }
}
