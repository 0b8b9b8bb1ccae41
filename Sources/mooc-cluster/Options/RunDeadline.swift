import ArgumentParser

/// How long a whole run may take, as a person types it: `90s`, `10m`, `1h30m`.
struct RunDeadline: Sendable, Hashable, ExpressibleByArgument {
    /// The time.
    let seconds: Int

    /// Takes seconds.
    init(seconds: Int) { self.seconds = seconds }

    /// Reads hours, minutes and seconds, each at most once and in this order; nil for anything else.
    init?(argument: String) {
        var rest = Substring(argument.lowercased())
        var total = 0
        for (unit, length) in [("h", 3600), ("m", 60), ("s", 1)] {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard !digits.isEmpty, rest.dropFirst(digits.count).hasPrefix(unit) else { continue }
            guard let count = Int(digits), count <= 100_000 else { return nil }
            total += count * length
            rest = rest.dropFirst(digits.count + 1)
        }
        guard rest.isEmpty, total > 0 else { return nil }
        seconds = total
    }
}
