import Testing

/// The edition of today against the real Tutor of its release: what both render means the same, but for what is listed.
///
/// Tutor is fetched from PyPI once (Tests/Tools/tutor.sh). What is compared, and how, stands in
/// Tests/Tools/tutor/meaning.py; with what settings, in configurations.yml; what may differ, in differences.yml.
@Suite(.serialized) struct TutorTests {
    @Test(arguments: TutorConfiguration.all)
    func rendersWhatTutorDoes(_ configuration: TutorConfiguration) async throws {
        let (differences, troubles) = try await Comparisons.shared.of(configuration)
        #expect(troubles.isEmpty, "\(troubles.joined(separator: "\n"))")
        var unlisted: [String] = []
        for line in differences {
            let known = try await Comparisons.shared.known(for: line)
            if !known.contains(where: { $0.counts(in: configuration.name) }) { unlisted.append(line) }
        }
        // Not by #expect, which takes minutes to show a long list.
        if !unlisted.isEmpty { Issue.record("not in differences.yml:\n\(unlisted.joined(separator: "\n"))") }
    }

    @Test func everyListedDifferenceIsThere() async throws {
        // What is still to be found: each pattern, in each of its configurations or in any.
        var missing: Set<[String]> = []
        for known in try KnownDifference.all.get() {
            missing.formUnion(
                known.configurations.isEmpty
                    ? [[known.pattern]] : known.configurations.map { [known.pattern, $0] })
        }
        let configurations = try TutorConfiguration.read.get()
        #expect(configurations.count >= 10)
        for configuration in configurations {
            for line in try await Comparisons.shared.of(configuration).differences {
                for known in try await Comparisons.shared.known(for: line) {
                    missing.remove([known.pattern])
                    missing.remove([known.pattern, configuration.name])
                }
            }
        }
        let lines = missing.map { $0.joined(separator: ", in: ") }.sorted().joined(separator: "\n")
        #expect(missing.isEmpty, "listed, and no longer so:\n\(lines)")
    }

    @Test func everyListedDifferenceHasAReasonAndAPlace() throws {
        for known in try KnownDifference.all.get() {
            #expect(known.reason.count > 10, "\(known.pattern)")
            #expect(known.pattern.contains(": ") && !known.pattern.hasPrefix("*: *"), "\(known.pattern)")
        }
    }
}

/// What was compared already: two tests look at the same, and configurations have most differences in common.
private actor Comparisons {
    static let shared = Comparisons()

    private var done: [String: (differences: [String], troubles: [String])] = [:]
    private var covering: [String: [KnownDifference]] = [:]

    /// The comparison of one configuration.
    func of(_ configuration: TutorConfiguration) async throws -> (differences: [String], troubles: [String]) {
        if let known = done[configuration.name] { return known }
        let found = try await configuration.compared()
        done[configuration.name] = found
        return found
    }

    /// The listed differences that cover a line, in whatever configurations.
    func known(for line: String) throws -> [KnownDifference] {
        if let known = covering[line] { return known }
        let found = try KnownDifference.all.get().filter { $0.covers(line) }
        covering[line] = found
        return found
    }
}
