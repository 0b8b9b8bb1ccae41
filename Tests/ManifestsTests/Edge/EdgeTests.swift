import Foundation
import Inventory
import Manifests
import TestSupport
import Testing
import YAML

/// How browsers come to Caddy, and who it then takes a learner for.
@Suite struct EdgeTests {
    /// The ways in which Caddy speaks HTTPS itself.
    private static let secure = ["acme", "files", "internal"]
    /// All ways of HTTPS.
    private static let ways = ["none", "acme", "files", "internal", "outside"]

    @Test(arguments: ways) func theNodeHasItsPorts(tls: String) throws {
        let (service, ports) = try caddy(edge: nil, tls: tls)
        #expect(service["type"] == nil)
        let isSecure = Self.secure.contains(tls)
        #expect(ports == (isSecure ? ["80", "443", "443"] : ["80"]))
    }

    @Test(arguments: ways) func aBalancerIsBelievedAndNobodyElse(tls: String) async throws {
        let rendered = try rendered(edge: "nodePorts", tls: tls)
        let (service, ports) = try caddy(edge: "nodePorts", tls: tls)
        #expect(ports.isEmpty)
        #expect(service["type"]?.text == "NodePort" && service["externalTrafficPolicy"]?.text == "Local")
        let isSecure = Self.secure.contains(tls)
        let numbers = (service["ports"]?.items ?? []).compactMap { $0["nodePort"]?.text }
        #expect(numbers == (isSecure ? ["30080", "30443"] : ["30080"]))
        #expect(service["ports"]?.items?.count == numbers.count)

        let data = try rendered.one("ConfigMap", "caddy-config").node["data"]
        let proxied = data?["global-balancer.conf"]?.text
        let told = data?["global-outside.conf"]?.text
        #expect((proxied != nil) == isSecure && (told != nil) == !isSecure)
        #expect(proxied?.contains("allow 192.0.2.9/32 198.51.100.0/28\n") != false)
        #expect(told?.contains("trusted_proxies static 192.0.2.9/32 198.51.100.0/28\n") != false)
        try await withScratchFolder { folder in
            for entry in data?.entries ?? [] {
                let text = (entry.value.text ?? "").replacing("/etc/caddy/", with: folder + "/")
                try text.write(toFile: "\(folder)/\(entry.key)", atomically: true, encoding: .utf8)
            }
            let script = Ironwood.root.appending(path: "Tests/Tools/caddy-adapt.sh").path
            let (code, output) = try await Command.run(["sh", script, "\(folder)/Caddyfile"])
            #expect(code == 0, "\(output)")
            #expect(output.contains(isSecure ? "\"proxy_protocol\"" : "\"trusted_proxies\""))
        }
    }

    @Test func anIngressLeadsAllNamesToCaddy() throws {
        let rendered = try Verawood.rendered {
            $0.services = Verawood.services
            $0.edge = "ingress"
            $0.ingressClass = "traefik"
            $0.tls = "outside"
            $0.studioHost = "for.authors.learn.example.edu"
        }
        let ingress = try rendered.one("Ingress", "caddy").node["spec"]
        #expect(ingress?["ingressClassName"]?.text == "traefik")
        let rules = (ingress?["rules"]?.items ?? []).compactMap { $0["host"]?.text }
        let data = try rendered.one("ConfigMap", "caddy-config").node["data"]?.entries ?? []
        let sites = data.compactMap { $0.value.text?.firstMatch(of: /^http:\/\/([^ ]+) \{/)?.output.1 }
        #expect(sites.count == 8)
        for site in sites {
            let parent = site.split(separator: ".", maxSplits: 1).last ?? ""
            #expect(rules.contains(String(site)) || rules.contains("*.\(parent)"), "\(site)")
        }
        let service = try rendered.one("Service", "caddy").node["spec"]
        #expect(service?["type"] == nil && service?["ports"]?.items?.first?["name"]?.text == "http")
        #expect(try Verawood.rendered().all("Ingress").isEmpty)
    }

    @Test(arguments: ["haproxy", "nginx"], ways)
    func aBalancerLeadsToWhereCaddyCanBe(program: String, tls: String) throws {
        let text = try renderer(edge: "nodePorts", tls: tls).balancer(program)
        let anywhere = try renderer(edge: "nodePorts", tls: tls, Ironwood.nfs).balancer(program)
        let isSecure = Self.secure.contains(tls)
        for host in try Ironwood.cluster(Verawood.openedx()).hosts {
            // The volumes are on the first worker.
            #expect(text.contains("\(host.address):30080") == (host.name == "node1"))
            #expect(text.contains("\(host.address):30443") == (host.name == "node1" && isSecure))
            #expect(anywhere.contains("server ") && anywhere.contains("\(host.address):30080"))
        }
        #expect(text.contains("send-proxy-v2") == (isSecure && program == "haproxy"))
        #expect(text.contains("proxy_protocol on;") == (isSecure && program == "nginx"))
        #expect(text.contains("X-Forwarded-For") == !isSecure)
        #expect(text.contains(" ssl") == (tls == "outside"))
        #expect(!text.contains("${"))
    }

    @Test func aBalancerThatIsNotWantedOrKnownIsRefused() throws {
        #expect(throws: InvalidInput.self) { try renderer(edge: nil, tls: "none").balancer("haproxy") }
        let error = #expect(throws: InvalidInput.self) {
            try renderer(edge: "nodePorts", tls: "none").balancer("haprox")
        }
        #expect(error?.diagnostics.first?.cure == "known are haproxy, nginx")
    }

    private func caddy(edge: String?, tls: String) throws -> (service: Node, hostPorts: [String]) {
        let rendered = try rendered(edge: edge, tls: tls)
        let container = try #require(try rendered.one("Deployment", "caddy").containers.first)
        let service = try #require(try rendered.one("Service", "caddy").node["spec"])
        return (service, (container["ports"]?.items ?? []).compactMap { $0["hostPort"]?.text })
    }

    private func rendered(edge: String?, tls: String) throws -> Rendered {
        try Verawood.rendered { choose(&$0, edge, tls) }
    }

    private func renderer(
        edge: String?, tls: String, _ storage: OpenEdXStorage = Ironwood.local
    ) throws -> Renderer {
        let openedx = Verawood.openedx(storage) { choose(&$0, edge, tls) }
        return try Renderer(
            edition: Verawood.edition().chosen(by: openedx), cluster: Ironwood.cluster(openedx),
            part: openedx)
    }

    private func choose(_ openedx: inout ApplicationPart, _ edge: String?, _ tls: String) {
        openedx.edge = edge
        openedx.tls = tls
        openedx.trustedProxies = ["192.0.2.9/32", "198.51.100.0/28"].compactMap { CIDR($0) }
    }
}
