import Foundation
import Inventory
import Manifests
import TestSupport
import Testing
import YAML

/// Services that ask each other by public names, with `tls: internal`: clients in Python, with settings as they are
/// rendered, of Caddy with its rendered configuration (Tests/Tools/trust.sh).
@Suite(.serialized) struct TrustTests {
    private static let settings = [
        ("openedx-config", "with-authority.py"), ("discovery-settings", "production.py"),
        ("credentials-settings", "production.py"),
    ]

    @Test func pythonTrustsThePlatformAndWhatTheImageTrusts() async throws {
        try await LiveEdge.run(tls: "internal", balancer: nil) { edge in
            let root = try String(contentsOfFile: edge.root, encoding: .utf8)
            let answer = "127.0.0.1 https 443"
            for (map, file) in Self.settings {
                let text = try Self.part(of: map, file)
                let trusting = try await Self.asked(edge, text, ["OPENEDX_AUTHORITY=\(root)"])
                #expect(
                    trusting == """
                        requests \(answer)
                        urllib \(answer)
                        strict \(answer)
                        httpx \(answer)
                        REQUESTS_CA_BUNDLE public ones and 1
                        SSL_CERT_FILE public ones and 1

                        """, "\(map)")
                // What started this one has put it there already.
                let twice = try await Self.asked(edge, text + text, ["OPENEDX_AUTHORITY=\(root)"])
                #expect(twice == trusting)
            }
            let stranger = try await Self.asked(
                edge, try Self.part(of: Self.settings[0].0, Self.settings[0].1))
            #expect(
                stranger == """
                    requests refuses
                    urllib refuses
                    strict refuses
                    httpx refuses
                    REQUESTS_CA_BUNDLE public ones and 0
                    SSL_CERT_FILE public ones and 0

                    """)
        }
    }

    /// What trusts the authority, of a file of settings.
    private static func part(of map: String, _ file: String) throws -> String {
        let rendered = try Verawood.rendered { openedx in
            openedx.tls = "internal"
            openedx.services = Verawood.services
        }
        let text = try #require(
            try rendered.one("ConfigMap", map).node[path: ["data", file]]?.text)
        let first = try #require(text.range(of: "_root = os.environ.get(\"OPENEDX_AUTHORITY\""))
        let last = try #require(text.range(of: "os.replace(_file.name, os.environ[_variable])\n"))
        return String(text[first.lowerBound..<last.upperBound])
    }

    private static func asked(
        _ edge: LiveEdge, _ settings: String, _ variables: [String] = []
    ) async throws -> String {
        try await withScratchFolder { folder in
            try settings.write(toFile: "\(folder)/settings.py", atomically: true, encoding: .utf8)
            let (_, output) = try await Command.run(
                ["-u", "REQUESTS_CA_BUNDLE", "-u", "SSL_CERT_FILE", "TMPDIR=\(folder)"] + variables + [
                    "sh", Tool.folder.appending(path: "trust.sh").path, "\(folder)/settings.py",
                    edge.front.address, "https://learn.example.edu:\(edge.front.https)/who",
                ])
            return output
        }
    }
}
