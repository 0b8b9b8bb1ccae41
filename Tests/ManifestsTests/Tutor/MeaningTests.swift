import Testing

/// The comparison itself: what it finds, and what counts as listed.
@Suite struct MeaningTests {
    private let tutor = Meaning(
        table: ["lms: image": "\"a\"", "lms: env.A": "\"1\"", "smtp: image": "\"s\""],
        steps: ["lms: migrate", "cms: migrate", "lms: theme"])

    @Test func sameIsSame() {
        #expect(tutor.differences(to: tutor).isEmpty)
    }

    @Test func saysWhatIsOtherAndWhatIsOnlyOnOneSide() {
        let ours = Meaning(
            table: [
                "lms: image": "\"b\"", "lms: env.B": "2", "redis: image": "\"r\"", "redis: kind": "\"x\"",
            ],
            steps: ["cms: migrate", "lms: index", "lms: migrate"])
        #expect(
            Set(tutor.differences(to: ours)) == [
                "smtp: is there → absent", "redis: absent → is there", "lms: image: \"a\" → \"b\"",
                "lms: env.A: \"1\" → absent", "lms: env.B: absent → 2",
                "jobs: only Tutor: lms: theme", "jobs: only ours: lms: index",
                "jobs: at another place: lms: migrate",
            ])
    }

    @Test(arguments: [
        ("lms: image: *", true), ("*: image: \"a\" → \"b\"", true), ("lms: *age: * → *b\"", true),
        ("lms", false),
        ("lms: image: \"a\" → \"c*", false), ("*x", false), ("", false), ("*", true),
    ])
    func aStarStandsForAnything(pattern: String, covers: Bool) {
        let known = KnownDifference(pattern: pattern, reason: "", configurations: ["usual"])
        #expect(known.covers("lms: image: \"a\" → \"b\"") == covers)
    }

    @Test func aDifferenceCanBeThatOfSomeConfigurations() {
        let known = KnownDifference(pattern: "*", reason: "", configurations: ["usual"])
        #expect(known.counts(in: "usual") && !known.counts(in: "https"))
        #expect(KnownDifference(pattern: "*", reason: "", configurations: []).counts(in: "https"))
    }

    @Test func whatCouldNotBeReadIsTrouble() {
        let broken = Meaning(
            table: ["lms: settings.(fails)": "\"NameError\""], steps: ["lms: ends with 127: not found"])
        #expect(broken.troubles.count == 2)
        #expect(tutor.troubles.isEmpty)
    }
}
