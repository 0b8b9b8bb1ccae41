import Foundation

/// What Kubernetes objects of Open edX mean, as Tests/Tools/tutor/meaning.py says it.
struct Meaning: Decodable {
    /// JSON texts by the path of what they are about, such as `lms: env.UWSGI_WORKERS`.
    var table: [String: String]
    /// The commands of all jobs, in their order.
    var steps: [String]

    /// Reads objects.
    ///
    /// - Parameters:
    ///   - objects: a file with a JSON list of objects, Jobs in their order.
    ///   - config: Tutor's configuration with the passwords and keys that the objects have.
    /// - Throws: when they cannot be read; what the program says goes to standard error.
    init(objects: String, config: String) async throws {
        let script = Tool.folder.appending(path: "tutor/meaning.py").path
        // -B: no compiled files in the working tree.
        let text = try await Tool.run([Tool.tutor("--python"), "-B", script, objects, config])
        self = try JSONDecoder().decode(Meaning.self, from: Data(text.utf8))
    }

    /// Makes one of its parts.
    init(table: [String: String], steps: [String] = []) {
        self.table = table
        self.steps = steps
    }

    /// What could not be read: settings that fail, jobs whose commands do.
    var troubles: [String] {
        table.filter { $0.key.contains("(fails)") }.map { "\($0.key): \($0.value)" }
            + steps.filter { $0.contains(": ends with ") }
    }

    /// How another one differs, a line for each difference: `lms: image: "a" → "b"`.
    func differences(to other: Meaning) -> [String] {
        let mine = subjects, others = other.subjects
        var lines = mine.subtracting(others).sorted().map { "\($0): is there → absent" }
        lines += others.subtracting(mine).sorted().map { "\($0): absent → is there" }
        let both = mine.intersection(others)
        for key in Set(table.keys).union(other.table.keys).sorted() {
            guard both.contains(Self.subject(of: key)), table[key] != other.table[key] else { continue }
            lines.append("\(key): \(table[key] ?? "absent") → \(other.table[key] ?? "absent")")
        }
        lines += stepDifferences(to: other)
        return lines
    }

    /// Commands that only one side runs, and those of both that stand elsewhere among the others.
    private func stepDifferences(to other: Meaning) -> [String] {
        let (mine, lost) = Self.split(steps, by: other.steps)
        let (others, added) = Self.split(other.steps, by: steps)
        let moved = others.difference(from: mine).removals.compactMap { change in
            if case .remove(_, let step, _) = change { "jobs: at another place: \(step)" } else { nil }
        }
        return lost.map { "jobs: only Tutor: \($0)" } + added.map { "jobs: only ours: \($0)" } + moved
    }

    /// The steps that a list has too, as often as it has them, and the others.
    private static func split(_ steps: [String], by list: [String]) -> (both: [String], rest: [String]) {
        var left = Dictionary(list.map { ($0, 1) }, uniquingKeysWith: +)
        var both: [String] = [], rest: [String] = []
        for step in steps {
            if let count = left[step], count > 0 {
                left[step] = count - 1
                both.append(step)
            } else {
                rest.append(step)
            }
        }
        return (both, rest)
    }

    /// What the paths are about: workloads, Services, claims.
    private var subjects: Set<String> { Set(table.keys.map(Self.subject)) }

    private static func subject(of key: String) -> String {
        key.range(of: ": ").map { String(key[..<$0.lowerBound]) } ?? key
    }
}
