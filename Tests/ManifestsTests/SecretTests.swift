import Cryptography
import Manifests
import Testing
import YAML

@Suite struct SecretTests {
    /// A generator whose sequence depends on its seed alone.
    struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test func everySecretIsMadeUpOnceAndKept() throws {
        let edition = try Ironwood.edition()
        var one = Seeded(state: 1)
        let none = SecretValues()
        let made = try SecretValues.resolved(for: edition, given: none, existing: none, using: &one)
        #expect(made.keys == edition.secrets.map(\.name).sorted())
        for key in edition.secrets {
            let value = try #require(made.reveal(key.name))
            #expect(key.form == .letters(value.count))
            #expect(value.wholeMatch(of: /[A-Za-z0-9]+/) != nil)
        }
        #expect(Set(made.keys.compactMap(made.reveal)).count == edition.secrets.count)
        var two = Seeded(state: 2)
        let kept = try SecretValues.resolved(for: edition, given: none, existing: made, using: &two)
        for key in made.keys { #expect(kept.reveal(key) == made.reveal(key)) }
    }

    @Test func whatIsGivenCounts() throws {
        let edition = try Ironwood.edition()
        var generator = Seeded(state: 1)
        let given = SecretValues(["admin-password": "given"])
        let existing = SecretValues(["admin-password": "old", "mysql-root-password": "root"])
        let values = try SecretValues.resolved(
            for: edition, given: given, existing: existing, using: &generator)
        #expect(values.reveal("admin-password") == "given")
        #expect(values.reveal("mysql-root-password") == "root")
    }

    @Test func theRootPasswordOfADatabaseCannotChange() throws {
        let edition = try Ironwood.edition()
        var generator = Seeded(state: 1)
        let given = SecretValues(["mysql-root-password": "new"])
        let existing = SecretValues(["mysql-root-password": "root"])
        #expect(throws: ManifestError.fixedSecret("mysql-root-password")) {
            try SecretValues.resolved(for: edition, given: given, existing: existing, using: &generator)
        }
    }

    @Test func nothingOfThemIsPrinted() {
        let values = SecretValues(["a": "canary-3Wd"])
        var dumped = ""
        dump(values, to: &dumped)
        #expect(!"\(values) \(String(reflecting: values)) \(dumped)".contains("canary-3Wd"))
    }
}

/// Keys that are more than letters and digits.
@Suite struct KeyTests {
    private func resolved(
        given: SecretValues = SecretValues(), existing: SecretValues = SecretValues()
    ) throws -> SecretValues {
        var generator = SecretTests.Seeded(state: 7)
        return try SecretValues.resolved(
            for: try Verawood.edition(), given: given, existing: existing, using: &generator)
    }

    @Test func keysAreMadeInTheirForm() throws {
        let made = try resolved()
        let uid = try #require(made.reveal("meilisearch-key-uid"))
        #expect(
            uid.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        let key = try #require(made.reveal("jwt-private-key"))
        let bytes = try #require(Base64.bytes(of: key))
        // A sequence of more than 255 bytes that starts with version 0 (RFC 8017, A.1.2); 2048 bits make some 1190.
        #expect(bytes.prefix(2) == [0x30, 0x82] && bytes[4...6] == [0x02, 0x01, 0x00])
        #expect((1150...1250).contains(bytes.count))
        let again = try resolved(existing: made)
        for name in made.keys { #expect(again.reveal(name) == made.reveal(name)) }
    }

    @Test func theSearchKeyIsThatOfMeilisearch() throws {
        let given = SecretValues([
            "meilisearch-master-key": "dny0Pxe2aOzKFX8RVhnl2eoS",
            "meilisearch-key-uid": "055b1834-bee9-491b-91ea-fee3f75c3aa0",
        ])
        // As Tutor 22.0.3 derived it from these.
        let key = "c69c3f2e78b179fbbd589f7930b4a59b00de33849008628355e2d207eefbed45"
        #expect(try resolved(given: given).reveal("meilisearch-api-key") == key)
        let old = SecretValues(["meilisearch-api-key": "old"])
        #expect(try resolved(given: given, existing: old).reveal("meilisearch-api-key") == key)
    }

    @Test func thePublicKeyIsThatOfThePrivateOne() throws {
        let one = try resolved()
        let other = try resolved()
        let publicKey = try #require(one.reveal("jwt-public-key"))
        #expect(publicKey != other.reveal("jwt-public-key"))
        let given = SecretValues(["jwt-private-key": one.reveal("jwt-private-key") ?? ""])
        let wrong = SecretValues(["jwt-public-key": other.reveal("jwt-public-key") ?? ""])
        #expect(try resolved(given: given, existing: wrong).reveal("jwt-public-key") == publicKey)
    }

    @Test(arguments: [
        ("jwt-private-key", "c29tZXRoaW5n"), ("jwt-private-key", "no base64"),
        ("meilisearch-key-uid", "1234"),
    ]) func whatIsNoKeyIsRefused(name: String, value: String) throws {
        let error = #expect(throws: ManifestError.self) { try resolved(given: SecretValues([name: value])) }
        guard case .unusableSecret(name, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func theKeyOfTokensCannotChange() throws {
        let one = try resolved()
        let other = SecretValues(["jwt-private-key": try resolved().reveal("jwt-private-key") ?? ""])
        #expect(throws: ManifestError.fixedSecret("jwt-private-key")) {
            try resolved(given: other, existing: one)
        }
    }
}
