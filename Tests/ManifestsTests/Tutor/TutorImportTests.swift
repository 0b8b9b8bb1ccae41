import Foundation
import Manifests
import TestSupport
import Testing
import YAML

/// A site of Tutor's, taken over: what is rendered for it is what is rendered for the inventory that means the same,
/// which `TutorTests` compares with what Tutor renders.
@Suite(.serialized) struct TutorImportTests {
    @Test(arguments: [
        "behind a balancer", "names", "registry", "external MySQL", "external MongoDB",
        "MongoDB over TLS", "external Redis and mail", "Redis with a login", "mail with a login",
        "mail over TLS", "everything",
    ])
    func meansTheSame(name: String) async throws {
        let configuration = try #require(TutorConfiguration.all.first { $0.name == name })
        try await withScratchFolder { scratch in
            try configuration.tutor.yaml().write(
                toFile: "\(scratch)/tutor.yml", atomically: true, encoding: .utf8)
            let config = try await Tool.tutor("\(scratch)/tutor.yml") + "/config.yml"
            let text = try String(contentsOfFile: config, encoding: .utf8)
            let proxies = (configuration.openedx["trustedProxies"]?.items ?? []).compactMap(\.text)
            let taken = try taken(text, proxies: proxies)
            #expect(taken.left.isEmpty, "\(taken.left)")

            let known = try configuration.secrets(of: config)
            #expect(taken.secrets.keys == known.keys)
            for key in known.keys { #expect(taken.secrets.reveal(key) == known.reveal(key), "\(key)") }

            let ours = try TutorConfiguration.rendered(configuration.openedx, given: known)
            let theirs = try TutorConfiguration.rendered(taken.part, given: taken.secrets)
            #expect(yaml(ours) == yaml(theirs))
        }
    }

    @Test(arguments: [
        (
            "SMTP_PASSWORD: hunter22",
            "site.yml:2:16: warning: SMTP_PASSWORD is not taken over: RUN_SMTP is not false"
        ),
        ("MONGODB_USE_SSL: true", "MONGODB_USE_SSL is not taken over: RUN_MONGODB is not false"),
        ("REDIS_PASSWORD: hunter22", "REDIS_PASSWORD is not taken over: RUN_REDIS is not false"),
        ("PLUGINS: [mfe, indigo, minio]", "site.yml:2:24: warning: plugin minio: files are kept on volumes"),
        ("PLUGINS: [mfe, indigo, ecommerce]", "plugin ecommerce: its makers gave it up"),
        ("PLUGINS: [mfe]", "plugin indigo is off: the theme is always there"),
        ("ASPECTS_HOST: x", "site.yml:2:1: warning: ASPECTS_HOST is not taken over: no setting of Tutor"),
        ("OPENEDX_LMS_UWSGI_WORKERS: 8", "choose one by openedx.size"),
        ("NOTES_HOST: memos.example.edu", "NOTES_HOST is not taken over: names of services"),
        ("LANGUAGE_CODE: de", "OPENEDX_SECRET_KEY is not there"),
    ])
    func saysWhatIsLeft(line: String, words: String) throws {
        let left = try taken("LMS_HOST: learn.example.edu\n\(line)\n").left.map(\.description)
        #expect(left.contains { $0.contains(words) }, "\(left)")
        #expect(!left.contains { $0.contains("hunter22") })
    }

    @Test(arguments: [
        "SMTP_PASSWORD: ''", "OPENEDX_LMS_UWSGI_WORKERS: 2", "NOTES_HOST: notes.learn.example.edu",
        "NOTES_HOST: 'notes.{{ LMS_HOST }}'", "MOUNTS: []", "OPENEDX_AWS_ACCESS_KEY:", "SMTP_USE_TLS: false",
    ])
    func saysNothingOfWhatIsSoAnyhow(line: String) throws {
        let key = line.prefix { $0 != ":" }
        let left = try taken("LMS_HOST: learn.example.edu\n\(line)\n").left
        #expect(!left.contains { $0.description.contains(key) }, "\(left)")
    }

    @Test(arguments: [
        ("MFE_HOST: apps.example.edu", "site.yml:2:11: 'mfeHost'"),
        ("OPENEDX_MYSQL_DATABASE: edx", "OPENEDX_MYSQL_DATABASE cannot be taken over"),
        (
            "MONGODB_AUTH_MECHANISM: MONGODB-X509",
            "MONGODB_AUTH_MECHANISM cannot be taken over: MongoDB and its driver"
        ),
        ("CMS_HOST: '{{ LMS_HOST|upper }}'", "CMS_HOST is a template that only Tutor can fill in"),
        ("CMS_HOST: '{{ CMS_HOST }}'", "CMS_HOST is a template"),
        ("CMS_HOST: [a, b]", "CMS_HOST must be one value, not a list"),
        ("ENABLE_WEB_PROXY: false", "speaks plain HTTP"),
        ("ENABLE_WEB_PROXY: false\nENABLE_HTTPS: true", "--trusted-proxies"),
        ("ENABLE_HTTPS: perhaps", "ENABLE_HTTPS must be true or false"),
        ("RUN_MYSQL: false", "RUN_MYSQL is false and there is no MYSQL_HOST"),
        ("RUN_MONGODB: false\nMONGODB_HOST: db.example.edu", "'openedx-mongodb-password' cannot be made up"),
        (
            "RUN_SMTP: false\nSMTP_HOST: mail.example.edu\nSMTP_USERNAME: campus",
            "site.yml:4:16: the store 'smtp' of the part 'openedx' has a user, so its secret 'smtp-password'"
        ),
        (
            "RUN_SMTP: false\nSMTP_HOST: mail.example.edu\nSMTP_USE_TLS: true\nSMTP_USE_SSL: true",
            "site.yml:5:15: SMTP_USE_TLS and SMTP_USE_SSL are both true"
        ),
    ])
    func refusesWhatCannotFit(line: String, words: String) throws {
        let error = #expect(throws: InvalidInput.self) { try taken("LMS_HOST: learn.example.edu\n\(line)\n") }
        let lines = (error?.diagnostics ?? []).map(\.description)
        #expect(lines.contains { $0.contains(words) }, "\(lines)")
        #expect(!lines.contains { $0.contains("hunter22") })
    }

    @Test func refusesAKeyThatIsNone() throws {
        let error = #expect(throws: ManifestError.self) {
            try taken("LMS_HOST: learn.example.edu\nMEILISEARCH_API_KEY_UID: canary\n")
        }
        guard case .unusableSecret("meilisearch-key-uid", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func everyNameOfTheTableIsKnown() throws {
        let file = try #require(try Ironwood.files().first { $0.path.hasSuffix("verawood/import/tutor.yml") })
        let table = try #require(
            YAMLParser.document(file.text, file: file.path, diagnostics: Diagnostics()))
        let edition = try Verawood.edition()
        func values(_ key: String) -> [String] { (table[key]?.entries ?? []).compactMap(\.value.text) }
        #expect(values("secrets").allSatisfy { name in edition.secrets.contains { $0.name == name } })
        #expect(values("images").sorted() == edition.images.map(\.name).sorted())
        #expect(table["stores"]?.entries?.map(\.key) == edition.stores.map(\.name))
    }

    private func taken(_ text: String, proxies: [String] = []) throws -> TutorImport {
        try TutorImport(
            Array(text.utf8), file: "site.yml",
            into: .init(
                edition: "verawood", inventory: "inventory.yml", secretsFile: "secrets.yml",
                trustedProxies: proxies),
            files: Ironwood.files(), surroundings: TutorConfiguration.surroundings())
    }

    /// All but the Secret, which has passwords that were made up.
    private func yaml(_ rendered: Rendered) -> String {
        rendered.objects.filter { $0.kind != "Secret" }.map(\.node).yamlDocuments()
    }
}
