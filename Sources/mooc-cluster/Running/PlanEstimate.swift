import Console
import Inventory
import Playbook
import Provisioning
import YAML

/// Roughly how long a plan takes and how much it fetches.
struct PlanEstimate {
    /// Seconds of all hosts together, as far as they wait for each other.
    let seconds: Int
    /// Bytes from outside, on all hosts, of what has a known size.
    let bytes: Int
    /// Whether a size among them is that of another version.
    let isRough: Bool
    /// What comes from outside with a size that nobody knows.
    let unsized: [String]

    /// Adds up a plan.
    ///
    /// Hosts work on a phase at once, unless they take turns, and the phases follow each other; in truth a host does not
    /// wait for others that it does not need, so this is rather too long.
    ///
    /// - Parameters:
    ///   - entries: the steps that would change something, of all hosts.
    ///   - turns: identifiers of phases whose hosts take turns.
    ///   - times: what steps took in earlier runs.
    ///   - more: what comes from outside besides.
    init(
        _ entries: [PlanEntries.Entry], turns: Set<String>, _ times: KnownTimes, more: [Forecast.Coming]
    ) {
        var spent: [String: [String: Double]] = [:]
        for entry in entries {
            spent[entry.phase, default: [:]][entry.host, default: 0] += times.seconds(of: entry)
        }
        let whole = spent.reduce(0.0) { sum, phase in
            sum
                + (turns.contains(phase.key)
                    ? phase.value.values.reduce(0, +) : phase.value.values.max() ?? 0)
        }
        let comings = entries.flatMap(\.forecast.comings) + more
        seconds = Int(whole.rounded(.up))
        bytes = comings.reduce(0) { $0 + ($1.bytes ?? 0) }
        isRough = comings.contains(where: \.isRough)
        unsized = comings.filter { $0.bytes == nil }.map(\.name)
    }

    /// The estimate in a few words, to follow what it is about; empty where it is a moment and nothing is fetched.
    var words: String {
        var parts: [String] = []
        if seconds >= 10 { parts.append("about \(Timekeeper.text(seconds: Double(Self.rounded(seconds))))") }
        if bytes > 0 {
            parts.append("\(isRough ? "about " : "")\(Bytes.megabytes(bytes)) from outside")
        }
        if !unsized.isEmpty { parts.append("and what has no known size") }
        return parts.isEmpty ? "" : "; " + parts.joined(separator: ", ")
    }

    /// The estimate for scripts.
    var json: Node {
        [
            "seconds": .int(seconds), "bytes": .int(bytes), "rough": .bool(isRough),
            "unsized": .sequence(unsized.map { .string($0) }),
        ]
    }

    /// Seconds as exact as they are known.
    private static func rounded(_ seconds: Int) -> Int {
        let grain = seconds < 600 ? 10 : 60
        return (seconds + grain - 1) / grain * grain
    }
}

extension PlanEntries.Entry {
    /// What else it brings with it, a line each, for a person.
    var remarks: [String] {
        var lines = forecast.comings.map(\.words)
        if let effect = forecast.effect { lines.append("meanwhile: \(effect)") }
        return lines
    }
}

extension Forecast.Coming {
    /// An image, of which nobody knows the size before it is fetched.
    init(image: String) { self.init(name: image, bytes: nil) }

    /// That it is fetched, for a person.
    var words: String {
        let size = bytes.map { (isRough ? "about " : "") + Bytes.megabytes($0) }
        return "fetches \(name) (\(size ?? "size not known"))"
    }
}
