import Cryptography
import Foundation
import Inventory
import Manifests
import TestSupport
import Testing
import YAML

/// The authority of the platform's own, with `tls: internal`.
@Suite struct AuthorityTests {
    @Test func itIsThereWithInternalAloneAndNeverChanges() throws {
        for tls in ["none", "acme", "files", "outside"] {
            let made = try resolved(tls: tls)
            #expect(!made.keys.contains { $0.hasPrefix("authority") }, "\(tls)")
        }
        let made = try resolved()
        let key = try #require(made.reveal("authority-key"))
        let root = try #require(made.reveal("authority-certificate"))
        #expect(RootAuthority.isRoot(root, of: key))
        // A name that came later is no reason for another root.
        let again = try resolved(existing: made) { $0.platformName = "Another name" }
        #expect(again.reveal("authority-key") == key && again.reveal("authority-certificate") == root)
        #expect(try resolved().reveal("authority-key") != key)
    }

    @Test(arguments: [
        "Müller's \"campus\", a/b + c=d", String(repeating: "ü", count: 80),
        // Fewer characters than a person counts, more than Unicode does.
        String(repeating: "की", count: 40), "",
    ]) func whatIsMadeIsARoot(name: String) async throws {
        let root = try resolved { $0.platformName = name }.reveal("authority-certificate")
        try await withScratchFolder { folder in
            try #require(root).write(toFile: "\(folder)/root.pem", atomically: true, encoding: .utf8)
            let file = "\(folder)/root.pem"
            let (code, text) = try await Command.run([
                "openssl", "x509", "-in", file, "-noout", "-text", "-nameopt", "utf8",
            ])
            #expect(code == 0, "\(text)")
            // As RFC 5280, 4.2.1 wants it of an authority, and OpenSSL's and Python's strict checks with it.
            for words in [
                "Version: 3", "ecdsa-with-SHA256", "prime256v1", "Not Before: Jan  1 00:00:00 2020 GMT",
                "Not After : Dec 31 23:59:59 9999 GMT",
                "Basic Constraints: critical\n                CA:TRUE\n",
                "Key Usage: critical\n                Certificate Sign, CRL Sign\n",
                "Subject Key Identifier:",
                "CN=\(name.isEmpty ? "Open edX Verawood" : String(name.unicodeScalars.prefix(64)))\n",
            ] {
                #expect(text.contains(words), "\(words) in \(text)")
            }
            let (verified, output) = try await Command.run([
                "openssl", "verify", "-x509_strict", "-check_ss_sig", "-CAfile", file, file,
            ])
            #expect(verified == 0, "\(output)")
        }
    }

    @Test func oneThatIsGivenCounts() async throws {
        let own = try resolved()
        let given = SecretValues([
            "authority-key": own.reveal("authority-key") ?? "",
            "authority-certificate": own.reveal("authority-certificate") ?? "",
        ])
        let taken = try resolved(given: given)
        #expect(taken.reveal("authority-certificate") == own.reveal("authority-certificate"))
        let keyAlone = SecretValues(["authority-key": own.reveal("authority-key") ?? ""])
        let made = try resolved(given: keyAlone).reveal("authority-certificate") ?? ""
        #expect(made != own.reveal("authority-certificate"))
        #expect(RootAuthority.isRoot(made, of: own.reveal("authority-key") ?? ""))
        // A server's certificate certifies nobody, though it signs itself.
        let (chain, key) = try await CertificateTests.made("DNS:learn.example.edu")
        let server = try await Self.withoutAuthority(key)
        for (certificate, key) in [
            (own.reveal("authority-certificate") ?? "", key), (server, key), ("none", key), (chain, "none"),
        ] {
            let wrong = SecretValues(["authority-key": key, "authority-certificate": certificate])
            let error = #expect(throws: ManifestError.self) { try resolved(given: wrong) }
            guard case .unusableSecret? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        let other = SecretValues(["authority-key": try resolved().reveal("authority-key") ?? ""])
        #expect(throws: ManifestError.fixedSecret("authority-key")) {
            try resolved(given: other, existing: own)
        }
    }

    @Test func itsKeyIsCaddysAlone() throws {
        let rendered = try Verawood.rendered { openedx in
            openedx.tls = "internal"
            openedx.services = Verawood.services
        }
        let holders = rendered.objects.filter { $0.node.json().contains("authority-key") }
        #expect(holders.map(\.id.description) == ["secret/openedx-secrets", "deployment/caddy"])
        let caddy = try rendered.one("Deployment", "caddy").node[path: [
            "spec", "template", "spec", "volumes",
        ]]
        let volume = caddy?.items?.first { $0["name"]?.text == "authority" }?["secret"]
        // 0400
        #expect(volume?["defaultMode"]?.json() == "256")
        #expect(try rendered.one("Secret", "openedx-secrets").node["data"] == nil)
    }

    @Test func whoAsksByPublicNamesTrustsIt() throws {
        let rendered = try Verawood.rendered { openedx in
            openedx.tls = "internal"
            openedx.services = Verawood.services
        }
        let trusting = rendered.objects.filter { object in
            object.containers.contains { container in
                container["env"]?.items?.contains { $0["name"]?.text == "OPENEDX_AUTHORITY" } == true
            }
        }
        #expect(
            trusting.compactMap { $0.podLabels["app.kubernetes.io/name"] } == [
                "lms", "lms-worker", "cms", "cms-worker", "credentials", "discovery", "discovery-index",
            ])
        #expect(!rendered.yaml.contains("BEGIN CERTIFICATE"))
        #expect(try !Verawood.rendered { $0.tls = "acme" }.yaml.contains("name: OPENEDX_AUTHORITY"))
    }

    @Test func aFileOfTheSecretThatIsNotThereIsSaid() throws {
        let files = try Ironwood.files().map { file in
            guard file.path.hasSuffix("changes/internal-authority.yml") else { return file }
            return ManifestFile(
                path: file.path, text: file.text.replacing("key: authority-key,", with: "key: authority-kay,")
            )
        }
        let openedx = Verawood.openedx { $0.tls = "internal" }
        let edition = try Verawood.edition(of: files).chosen(by: openedx)
        let error = #expect(throws: InvalidInput.self) {
            try Renderer(edition: edition, cluster: Ironwood.cluster(openedx), part: openedx).render()
        }
        let lines = (error?.diagnostics ?? []).map(\.description)
        #expect(lines.count == 1, "\(lines)")
        #expect(
            lines.first?.contains("changes/internal-authority.yml:") == true
                && lines.first?.contains("has no secret 'authority-kay'") == true, "\(lines)")
    }

    private func resolved(
        tls: String = "internal", given: SecretValues = SecretValues(),
        existing: SecretValues = SecretValues(), change: (inout ApplicationPart) -> Void = { _ in }
    ) throws -> SecretValues {
        let openedx = Verawood.openedx { openedx in
            openedx.tls = tls
            change(&openedx)
        }
        var generator = SystemRandomNumberGenerator()
        return try SecretValues.resolved(
            for: Verawood.edition().chosen(by: openedx), given: given, existing: existing,
            using: &generator)
    }

    /// A certificate of a key that signs itself and says that it is no authority's.
    private static func withoutAuthority(_ key: String) async throws -> String {
        try await withScratchFolder { folder in
            try key.write(toFile: "\(folder)/key", atomically: true, encoding: .utf8)
            let (code, output) = try await Command.run(
                [
                    "openssl", "req", "-x509", "-key", "\(folder)/key", "-subj", "/CN=test", "-addext",
                    "basicConstraints=critical,CA:FALSE",
                ], withMessages: false)
            #expect(code == 0)
            return output
        }
    }
}
