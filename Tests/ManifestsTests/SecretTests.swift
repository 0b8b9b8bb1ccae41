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
            #expect(value.count == key.length)
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
