import Playbook
import YAML

/// How long steps took in the runs of a cluster that are kept here.
struct KnownTimes {
    /// How many runs that changed something count.
    private static let runs = 10

    private var seconds: [String: Double] = [:]

    /// Knows nothing.
    init() {}

    /// Reads the newest runs, but for plans, which are long and change nothing; one that cannot be read tells nothing.
    init(of cluster: String, in archive: RunArchive) {
        var told = 0
        for run in archive.runs(of: cluster) where !run.name.contains("-plan-") && told < Self.runs {
            var tells = false
            let bytes = (try? Files.read(run.eventsFile)) ?? []
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            where line.utf8.count < 2000 && line.contains("\"changed\"") {
                tells = take(line) || tells
            }
            told += tells ? 1 : 0
        }
    }

    /// How long a step takes: the longest that it took, else what its playbook says, else a second.
    func seconds(of entry: PlanEntries.Entry) -> Double {
        seconds[Self.key(entry.phase, entry.step)] ?? entry.forecast.seconds.map(Double.init) ?? 1
    }

    /// Takes a line of an event stream, and says whether it tells how long a step took.
    private mutating func take(_ line: Substring) -> Bool {
        let node = YAMLParser.document(Array(line.utf8), file: "", diagnostics: Diagnostics())
        guard let node, node["event"]?.text == "changed", let phase = node["phase"]?.text,
            let step = node["step"]?.text,
            let milliseconds = node["milliseconds"]?.text.flatMap({ Double($0) })
        else { return false }
        let key = Self.key(phase, step)
        seconds[key] = max(seconds[key] ?? 0, milliseconds / 1000)
        return true
    }

    private static func key(_ phase: String, _ step: String) -> String { "\(phase)/\(step)" }
}
