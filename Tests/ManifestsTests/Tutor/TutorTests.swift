import Manifests
import Testing
import YAML

/// The edition of today against the real Tutor of its release: what both render means the same, but for what is listed.
///
/// Tutor is fetched from PyPI once (Tests/Tools/tutor.sh). What is compared, and how, stands in
/// Tests/Tools/tutor/meaning.py; with what settings, in configurations.yml; what may differ, in differences.yml.
@Suite(.serialized) struct TutorTests {
    @Test(arguments: TutorConfiguration.all)
    func rendersWhatTutorDoes(_ configuration: TutorConfiguration) async throws {
        let (differences, troubles) = try await Comparisons.shared.of(configuration)
        #expect(troubles.isEmpty, "\(troubles.joined(separator: "\n"))")
        let known = try KnownDifference.all.get()
        let unlisted = differences.filter { line in
            !known.contains { $0.covers(line, in: configuration.name) }
        }
        // Not by #expect, which takes minutes to show a long list.
        if !unlisted.isEmpty { Issue.record("not in differences.yml:\n\(unlisted.joined(separator: "\n"))") }
    }

    @Test func everyListedDifferenceIsThere() async throws {
        var found: [(name: String, lines: [String])] = []
        for configuration in try TutorConfiguration.read.get() {
            found.append((configuration.name, try await Comparisons.shared.of(configuration).differences))
        }
        #expect(found.count >= 10)
        let stale = try KnownDifference.all.get().filter { known in
            let names = known.configurations.isEmpty ? [nil] : known.configurations.map(Optional.some)
            return names.contains { name in
                !found.contains { entry in
                    (name == nil || name == entry.name)
                        && entry.lines.contains { known.covers($0, in: entry.name) }
                }
            }
        }
        #expect(stale.isEmpty, "listed, and no longer so:\n\(stale.map(\.pattern).joined(separator: "\n"))")
    }

    @Test func everyListedDifferenceHasAReasonAndAPlace() throws {
        for known in try KnownDifference.all.get() {
            #expect(known.reason.count > 10, "\(known.pattern)")
            #expect(known.pattern.contains(":") && !known.pattern.hasPrefix("*: *"), "\(known.pattern)")
        }
    }
}

/// What was compared already: two tests look at the same.
private actor Comparisons {
    static let shared = Comparisons()

    private var done: [String: (differences: [String], troubles: [String])] = [:]

    /// The comparison of one configuration.
    func of(_ configuration: TutorConfiguration) async throws -> (differences: [String], troubles: [String]) {
        if let known = done[configuration.name] { return known }
        let found = try await configuration.compared()
        done[configuration.name] = found
        return found
    }
}
