import Cryptography
import Foundation
import Inventory
import Manifests
import TestSupport
import Testing
import YAML

/// The certificate that an operator gives.
@Suite struct CertificateTests {
    /// The names that Caddy has sites for.
    private static let names = [
        "learn.example.edu", "studio.learn.example.edu", "apps.learn.example.edu",
        "meilisearch.learn.example.edu",
    ]

    @Test func oneThatFitsHasNoFlaw() async throws {
        let (chain, key) = try await Self.made("DNS:learn.example.edu,DNS:*.learn.example.edu")
        #expect(ServerCertificate.flaws(chain: chain, key: key, names: Self.names).isEmpty)
        let rendered = try rendered(GivenCertificate(chain: chain, key: key), secrets: SecretValues())
        let secret = try rendered.one("Secret", "openedx-certificate").node
        #expect(secret["type"]?.text == "kubernetes.io/tls")
        #expect(secret["data"]?["tls.crt"]?.text == Base64.encode(chain))
        #expect(secret["data"]?["tls.key"]?.text == Base64.encode(key))
    }

    @Test func whatDoesNotFitIsSaid() async throws {
        let (chain, key) = try await Self.made("DNS:learn.example.edu,DNS:apps.learn.example.edu")
        let (_, other) = try await Self.made("DNS:x.example.edu")
        let flaws = ServerCertificate.flaws(chain: chain, key: other, names: Self.names)
        #expect(flaws == [.otherKey, .notFor(Self.names[1]), .notFor(Self.names[3])])
        #expect(ServerCertificate.flaws(chain: key, key: key, names: []) == [.noCertificate])
        #expect(ServerCertificate.flaws(chain: chain, key: "", names: []) == [.noKey])
        #expect(ServerCertificate.flaws(chain: "", key: "", names: []) == [.noCertificate])
        let error = #expect(throws: InvalidInput.self) {
            try rendered(GivenCertificate(chain: chain, key: key), secrets: nil)
        }
        #expect(
            Set((error?.diagnostics ?? []).map(\.message)) == [
                "the certificate is not for meilisearch.learn.example.edu",
                "the certificate is not for studio.learn.example.edu",
            ])
    }

    @Test func aKeyWithAPassphraseIsNoneAndNobodyIsAsked() async throws {
        let (chain, key) = try await Self.made("DNS:learn.example.edu")
        try await withScratchFolder { folder in
            try key.write(toFile: "\(folder)/key", atomically: true, encoding: .utf8)
            let (code, locked) = try await Command.run([
                "openssl", "pkey", "-in", "\(folder)/key", "-aes256", "-passout", "pass:secret",
            ])
            #expect(code == 0 && locked.contains("ENCRYPTED"))
            #expect(ServerCertificate.flaws(chain: chain, key: locked, names: []) == [.noKey])
        }
    }

    @Test func aNewOneRollsCaddyAloneAndIsHiddenLikeSecrets() async throws {
        let first = try await Self.made("DNS:learn.example.edu,DNS:*.learn.example.edu")
        let second = try await Self.made("DNS:learn.example.edu,DNS:*.learn.example.edu")
        let before = try rendered(GivenCertificate(chain: first.chain, key: first.key), secrets: nil)
        let after = try rendered(GivenCertificate(chain: second.chain, key: second.key), secrets: nil)
        let changed = zip(before.objects, after.objects).filter { $0.node.json() != $1.node.json() }
        #expect(changed.map(\.0.name) == ["caddy"])
        #expect(try before.one("Secret", "openedx-certificate").node["data"] == nil)
        #expect("\(GivenCertificate(chain: first.chain, key: first.key))" == "a certificate")
        let container = try before.one("Deployment", "caddy").containers.first
        let mounts = container?["volumeMounts"]?.items?.compactMap { $0["mountPath"]?.text }
        #expect(mounts == ["/etc/caddy/", "/data/", "/etc/caddy-certificate/"])
        #expect(try Verawood.rendered().all("Secret").count == 1)
    }

    private func rendered(_ certificate: GivenCertificate, secrets: SecretValues?) throws -> Rendered {
        let openedx = Verawood.openedx { $0.tls = "files" }
        return try Renderer(
            edition: Verawood.edition().chosen(by: openedx), cluster: Ironwood.cluster(openedx),
            part: openedx, certificate: certificate
        ).render(secrets: secrets)
    }

    /// A certificate for some names that signs itself, and its key.
    static func made(_ names: String) async throws -> (chain: String, key: String) {
        try await withScratchFolder { folder in
            let (code, output) = try await Command.run([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-subj", "/CN=test", "-addext", "subjectAltName=\(names)", "-keyout", "\(folder)/key", "-out",
                "\(folder)/chain",
            ])
            #expect(code == 0, "\(output)")
            return (
                try String(contentsOfFile: "\(folder)/chain", encoding: .utf8),
                try String(contentsOfFile: "\(folder)/key", encoding: .utf8)
            )
        }
    }
}
