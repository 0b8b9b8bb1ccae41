import Playbook
import YAML

/// How long steps took in the runs of a cluster that are kept here.
struct KnownTimes {
    /// How many of the newest runs are read.
    private static let runs = 10

    private var seconds: [String: Double] = [:]

    /// Reads the newest runs; one that cannot be read tells nothing.
    init(of cluster: String, in archive: RunArchive) {
        for run in archive.runs(of: cluster).prefix(Self.runs) {
            let bytes = (try? Files.read(run.eventsFile)) ?? []
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            where line.utf8.count < 2000 && line.contains("\"changed\"") {
                take(line)
            }
        }
    }

    /// How long a step takes: the longest that it took, else what its playbook says, else a second.
    func seconds(of entry: PlanEntries.Entry) -> Double {
        seconds[Self.key(entry.phase, entry.step)] ?? entry.forecast.seconds.map(Double.init) ?? 1
    }

    private mutating func take(_ line: Substring) {
        let node = YAMLParser.document(Array(line.utf8), file: "", diagnostics: Diagnostics())
        guard let node, node["event"]?.text == "changed", let phase = node["phase"]?.text,
            let step = node["step"]?.text,
            let milliseconds = node["milliseconds"]?.text.flatMap({ Double($0) })
        else { return }
        let key = Self.key(phase, step)
        seconds[key] = max(seconds[key] ?? 0, milliseconds / 1000)
    }

    private static func key(_ phase: String, _ step: String) -> String { "\(phase)/\(step)" }
}
