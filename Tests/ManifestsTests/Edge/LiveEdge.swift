import Foundation
import Inventory
import Manifests
import TestSupport
import Testing
import YAML

/// Caddy with the rendered Caddyfile, a balancer with its rendered configuration where there is one, and behind both
/// something that says who asked, as the LMS would see it: all on addresses of this machine's loopback.
struct LiveEdge {
    /// The way of HTTPS.
    let tls: String
    /// The balancer; nil where browsers come to Caddy itself.
    let balancer: String?
    /// Where all of it lies.
    private let folder: String
    /// The first three numbers of its addresses, which no other has.
    private let net: String

    /// The root of the platform's own authority, as Caddy's pod has it.
    var root: String { folder + "/authority/root.crt" }
    /// Where browsers go.
    var front: (address: String, http: Int, https: Int) {
        balancer == nil ? (node, Self.ports.http, Self.ports.https) : ("\(net).3", 8080, 8443)
    }
    /// Where Caddy is.
    private var node: String { "\(net).2" }
    /// Those of the edition, where a balancer finds Caddy.
    private static let ports = (http: 30080, https: 30443)

    /// Starts it, and ends it after the body.
    static func run(
        tls: String, balancer: String?, _ body: (LiveEdge) async throws -> Void
    ) async throws {
        try await withScratchFolder { folder in
            let net = "127.\(Int.random(in: 16..<250)).\(Int.random(in: 1..<250))"
            let edge = LiveEdge(tls: tls, balancer: balancer, folder: folder, net: net)
            let started = try await edge.start()
            defer { for child in started { child.stop() } }
            try await body(edge)
        }
    }

    /// What the one behind says of a learner's question: address, scheme and port.
    ///
    /// - Parameters:
    ///   - source: the last number of the learner's address.
    ///   - host: the name that is asked for.
    ///   - options: more of curl's.
    /// - Returns: curl's exit code and what it wrote.
    /// - Throws: when curl cannot be started.
    func asked(
        by source: Int, host: String = "learn.example.edu", _ options: [String] = []
    ) async throws -> (code: Int32, output: String) {
        let isSecure = tls != "none"
        return try await Command.run(
            [
                "curl", "-sS", "--max-time", "20", "--interface", "\(net).\(source)", "--resolve",
                "\(host):\(isSecure ? front.https : front.http):\(front.address)",
                isSecure ? "https://\(host):\(front.https)/who" : "http://\(host):\(front.http)/who",
            ] + (tls == "internal" ? ["--cacert", root] : tls == "outside" ? ["--insecure"] : []) + options)
    }

    /// What is to be answered to a learner.
    func answer(to source: Int) -> String {
        "\(net).\(source) \(tls == "none" ? "http 80" : "https 443")"
    }

    private func start() async throws -> [Child] {
        let renderer = try renderer()
        try writeCaddyfile(renderer)
        if tls == "internal" { try writeAuthority() }
        var started = [
            try Child(
                [
                    "env", "XDG_DATA_HOME=\(folder)/data", "XDG_CONFIG_HOME=\(folder)/data",
                    try await Self.caddy(), "run", "--config", "\(folder)/Caddyfile",
                ], messages: "\(folder)/caddy.log")
        ]
        if let balancer {
            try await writeConfiguration(of: balancer, renderer)
            started.append(try Child(Self.words(of: balancer, folder), messages: "\(folder)/balancer.log"))
        }
        // Until all of it answers; what never does is told by the test's own question.
        for _ in 0..<200 where try await asked(by: 9).code != 0 {
            try await Task.sleep(for: .milliseconds(50))
        }
        return started
    }

    private func renderer() throws -> Renderer {
        // HAProxy looks for Caddy among nodes; nginx is told of the one that has its volume.
        let storage = balancer == "haproxy" ? Ironwood.nfs : Ironwood.local
        let openedx = Verawood.openedx(storage) { openedx in
            openedx.tls = tls
            openedx.edge = balancer == nil ? "node" : "nodePorts"
            // Whom Linux lets ask for an address of the loopback.
            openedx.trustedProxies = [CIDR("127.0.0.1/32")].compactMap { $0 }
        }
        var cluster = try Ironwood.cluster(openedx)
        // One node does not answer, as those do where Caddy does not run.
        cluster.hosts.removeLast()
        cluster.hosts[0].address = "\(net).1"
        cluster.hosts[1].address = node
        return try Renderer(
            edition: Verawood.edition().chosen(by: openedx), cluster: cluster, part: openedx)
    }

    private func writeCaddyfile(_ renderer: Renderer) throws {
        let data = try renderer.render().one("ConfigMap", "caddy-config").node["data"]
        for entry in data?.entries ?? [] {
            let text = (entry.value.text ?? "").replacing("/etc/caddy/", with: folder + "/")
                .replacing("/etc/caddy-authority", with: folder + "/authority")
                .replacing("/run/caddy", with: folder + "/certificates")
                .replacing(/import proxy [a-z]+:\d+/, with: "import proxy \(node):8000")
            try text.write(toFile: "\(folder)/\(entry.key)", atomically: true, encoding: .utf8)
        }
        let header = "{http.request.header.X-Forwarded-"
        try """
        admin off
        default_bind \(node)
        http_port \(Self.ports.http)
        https_port \(Self.ports.https)
        """.write(toFile: "\(folder)/global-test.conf", atomically: true, encoding: .utf8)
        try """
        http://:8000 {
            respond "\(header)For} \(header)Proto} \(header)Port}"
        }
        """.write(toFile: "\(folder)/site-test.conf", atomically: true, encoding: .utf8)
    }

    /// The files that Caddy's pod has of the Secret, as its volume names them.
    private func writeAuthority() throws {
        let openedx = Verawood.openedx { $0.tls = tls }
        var generator = SystemRandomNumberGenerator()
        let secrets = try SecretValues.resolved(
            for: Verawood.edition().chosen(by: openedx), given: SecretValues(), existing: SecretValues(),
            using: &generator)
        let volumes = try Verawood.rendered { $0.tls = tls }.one("Deployment", "caddy").node[path: [
            "spec", "template", "spec", "volumes",
        ]]
        let volume = volumes?.items?.first { $0["name"]?.text == "authority" }
        let items = try #require(volume?[path: ["secret", "items"]]?.items)
        try FileManager.default.createDirectory(
            atPath: "\(folder)/authority", withIntermediateDirectories: true)
        for item in items {
            let text = try #require(item["key"]?.text.flatMap(secrets.reveal))
            let name = try #require(item["path"]?.text)
            try text.write(toFile: "\(folder)/authority/\(name)", atomically: true, encoding: .utf8)
        }
        // What an authority of Caddy's own has left in its volume, which Caddy would take and not start.
        let old = "\(folder)/data/caddy/pki/authorities/local"
        try FileManager.default.createDirectory(atPath: old, withIntermediateDirectories: true)
        for name in ["root.crt", "root.key", "intermediate.crt", "intermediate.key"] {
            try "old\n".write(toFile: "\(old)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    /// The rendered configuration, with ports that nobody else has and a certificate that there is.
    private func writeConfiguration(of balancer: String, _ renderer: Renderer) async throws {
        let (chain, key) = try await CertificateTests.made("DNS:*.learn.example.edu")
        for (name, text) in [("openedx.crt", chain), ("openedx.key", key), ("openedx.pem", chain + key)] {
            try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
        }
        let text = try renderer.balancer(balancer)
            .replacing("/etc/\(balancer)/openedx", with: "\(folder)/openedx")
            .replacing(
                /(bind :|listen )80\b/,
                with: { "\($0.output.1 == "listen " ? "listen " : "bind ")\(net).3:8080" }
            )
            .replacing(
                /(bind :|listen )443\b/,
                with: { "\($0.output.1 == "listen " ? "listen " : "bind ")\(net).3:8443" })
        try text.write(toFile: "\(folder)/\(balancer).cfg", atomically: true, encoding: .utf8)
    }

    private static func words(of balancer: String, _ folder: String) -> [String] {
        let file = "\(folder)/\(balancer).cfg"
        return balancer == "haproxy"
            ? ["haproxy", "-db", "-f", file]
            : ["nginx", "-c", file, "-g", "daemon off; pid \(folder)/nginx.pid; error_log stderr;"]
    }

    private static func caddy() async throws -> String {
        let script = Ironwood.root.appending(path: "Tests/Tools/caddy.sh").path
        let (code, output) = try await Command.run(["sh", script], withMessages: false)
        try #require(code == 0)
        return output.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
