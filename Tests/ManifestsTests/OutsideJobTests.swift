import Foundation
import Manifests
import TestSupport
import Testing
import YAML

@testable import Inventory

/// The jobs that ask stores outside, against a stand-in (Tests/Tools/store.py) with real TLS: what they say is wrong.
@Suite struct OutsideJobTests {
    @Test(arguments: [
        Asked(way: "none", tls: "none", user: nil, code: 0, words: ""),
        Asked(way: "starttls", code: 0, words: ""),
        Asked(way: "implicit", tls: "implicit", code: 0, words: ""),
        Asked(way: "starttls", password: "other", words: "refuses the login of campus: no such account"),
        Asked(way: "starttls", trusts: false, words: "is not trusted: self-signed certificate"),
        Asked(way: "implicit", tls: "implicit", trusts: false, words: "is not trusted: self-signed"),
        Asked(way: "starttls", host: "127.0.0.1", words: "is not trusted: IP address mismatch"),
        Asked(way: "none", words: "does not offer what openedx.stores.smtp asks for: STARTTLS"),
        Asked(way: "none", tls: "implicit", words: "speaks no TLS from the start"),
        Asked(
            way: "starttls", tls: "none", words: "does not offer what openedx.stores.smtp asks for: SMTP AUTH"
        ),
    ]) func aRelayIsAsked(asked: Asked) async throws {
        try await expectAnswer(of: asked)
    }

    @Test(arguments: [
        Asked(store: "redis", way: "false", tls: "false", user: nil, code: 0, words: ""),
        Asked(store: "redis", way: "false", tls: "false", code: 0, words: ""),
        Asked(store: "redis", way: "true", tls: "true", code: 0, words: ""),
        Asked(store: "redisCache", way: "true", tls: "true", code: 0, words: ""),
        Asked(store: "redis", way: "true", tls: "true", password: "other", words: "refuses AUTH: WRONGPASS"),
        Asked(store: "redis", way: "true", tls: "true", password: "", words: "refuses PING: NOAUTH"),
        Asked(store: "redisCache", way: "true", tls: "true", password: "", words: "refuses PING: NOAUTH"),
        Asked(store: "redis", way: "true", tls: "true", trusts: false, words: "is not trusted: self-signed"),
        Asked(store: "redis", way: "true", tls: "true", host: "127.0.0.1", words: "IP address mismatch"),
        Asked(store: "redis", way: "false", tls: "true", words: "speaks no TLS"),
        Asked(
            store: "redis", way: "true", tls: "false", words: "perhaps it wants TLS: openedx.stores.redis.tls"
        ),
    ]) func aRedisIsAsked(asked: Asked) async throws {
        try await expectAnswer(of: asked)
    }

    private func expectAnswer(of asked: Asked) async throws {
        let (code, output) = try await asked.run()
        let isSaid = asked.words.isEmpty || output.contains(asked.words)
        #expect(code == asked.code && isSaid, "\(output)")
        #expect(output.isEmpty == (asked.code == 0) && !output.contains("hunter22"), "\(output)")
    }
}

/// A stand-in, and an inventory that says how it is reached.
struct Asked: Sendable {
    /// The store.
    var store = "smtp"
    /// How the stand-in speaks TLS.
    var way: String
    /// How the inventory says that it does.
    var tls = "starttls"
    /// Where the inventory says that it is.
    var host = "localhost"
    /// Who logs in.
    var user: String? = "campus"
    /// With what password; the stand-in wants `hunter22`.
    var password = "hunter22"
    /// Whether the certificate is the inventory's authority.
    var trusts = true
    /// What the job ends with.
    var code: Int32 = 1
    /// What it says.
    var words: String

    /// Runs the job as it is rendered, on this machine.
    func run() async throws -> (code: Int32, output: String) {
        let (chain, key) = try await CertificateTests.made("DNS:localhost")
        let login = OutsideLogin.all.first { $0.store == store }
        // A port that stands for the stand-in's.
        let mark = 41_225
        let openedx = Verawood.openedx {
            var outside = ApplicationPart.OutsideStore(name: store, host: host, port: mark)
            outside.user = user
            outside.tls = tls
            outside.authority = trusts && !["none", "false"].contains(tls) ? "authority.pem" : nil
            $0.stores = [outside]
            $0.secrets = [(name: login?.secret ?? "", source: .environment("PASSWORD"))]
        }
        let rendered = try Renderer(
            edition: Verawood.edition().chosen(by: openedx), cluster: Ironwood.cluster(openedx),
            part: openedx,
            authorities: [store: chain]
        ).render()
        let job = try #require(rendered.all("Job").first { $0.shortName == "\(login?.label ?? "")-outside" })
        return try await withScratchFolder { folder in
            try chain.write(toFile: "\(folder)/\(store).pem", atomically: true, encoding: .utf8)
            try key.write(toFile: "\(folder)/key", atomically: true, encoding: .utf8)
            let arguments = (job.containers.first?["args"]?.texts ?? []).map {
                $0.replacing("/etc/openedx-authorities", with: folder)
            }
            let account = user == nil ? [] : ["STORE_USER=campus", "STORE_PASSWORD=hunter22"]
            return try await Command.run(
                account + [
                    "STORE_CERTIFICATE=\(folder)/\(store).pem", "STORE_KEY=\(folder)/key",
                    "\(login?.variable ?? "")=\(user == nil ? "" : password)", "python3", "-B",
                    Tool.folder.appending(path: "store.py").path,
                    store == "smtp" ? store : "redis", "\(mark)", way, "--",
                ] + arguments)
        }
    }
}
