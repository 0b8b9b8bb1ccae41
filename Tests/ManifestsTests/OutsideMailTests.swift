import Foundation
import Manifests
import TestSupport
import Testing
import YAML

@testable import Inventory

/// Settings of mail as they are rendered, in the hands of Django (Tests/Tools/mail.sh), against a stand-in with real TLS.
@Suite(.serialized) struct OutsideMailTests {
    @Test(arguments: [
        ("starttls", true, "hunter22", "OutsideMail SMTP is let in"),
        ("implicit", true, "hunter22", "OutsideMail SMTP_SSL is let in"),
        ("starttls", false, "hunter22", "EmailBackend: [SSL: CERTIFICATE_VERIFY_FAILED]"),
        ("implicit", true, "other", "OutsideMail: (535, b'no such account')"),
        ("none", false, "hunter22", "EmailBackend SMTP is let in"),
    ]) func djangoIsLetIn(way: String, trusts: Bool, password: String, words: String) async throws {
        let (chain, key) = try await CertificateTests.made("DNS:localhost")
        let openedx = Verawood.openedx {
            var outside = ApplicationPart.OutsideStore(name: "smtp", host: "localhost", port: 1)
            outside.user = "campus"
            outside.tls = way
            outside.authority = trusts ? "authority.pem" : nil
            $0.stores = [outside]
            $0.services = ["credentials"]
            $0.secrets = [(name: "smtp-password", source: .environment("PASSWORD"))]
        }
        let rendered = try Renderer(
            edition: Verawood.edition().chosen(by: openedx), cluster: Ironwood.cluster(openedx),
            part: openedx,
            authorities: ["smtp": chain]
        ).render()
        // In these settings all of mail stands together.
        let settings = try rendered.one("ConfigMap", "credentials-settings").node[path: [
            "data", "production.py",
        ]]
        let text = try #require(settings?.text)
        let first = try #require(text.range(of: "EMAIL_BACKEND = "))
        let last = try #require(text.range(of: "EMAIL_BACKEND = ", options: .backwards))
        let end = try #require(text[last.upperBound...].firstIndex(of: "\n"))
        try await withScratchFolder { folder in
            let mail = text[first.lowerBound..<end].replacing("/etc/openedx-authorities", with: folder)
            try "import os\nimport ssl\n\(mail)\n".write(
                toFile: "\(folder)/mail_settings.py", atomically: true, encoding: .utf8)
            try chain.write(toFile: "\(folder)/smtp.pem", atomically: true, encoding: .utf8)
            try key.write(toFile: "\(folder)/key", atomically: true, encoding: .utf8)
            let mark = "port-of-the-stand-in"
            let (_, output) = try await Command.run([
                "STORE_CERTIFICATE=\(folder)/smtp.pem", "STORE_KEY=\(folder)/key", "STORE_USER=campus",
                "STORE_PASSWORD=hunter22", "SMTP_PASSWORD=\(password)", "python3", "-B",
                Tool.folder.appending(path: "store.py").path, "smtp", mark, way, "--", "sh",
                Tool.folder.appending(path: "mail.sh").path, folder, mark,
            ])
            #expect(output.hasPrefix(words), "\(output)")
        }
    }
}
