import ArgumentParser

/// A length of time as a person types it: `90s`, `10m`, `1h30m`.
struct TimeSpan: Sendable, Hashable, ExpressibleByArgument {
    /// The time.
    let seconds: Int

    /// The same as a person would type it.
    var defaultValueDescription: String {
        [("h", seconds / 3600), ("m", seconds / 60 % 60), ("s", seconds % 60)]
            .filter { $0.1 > 0 }.map { "\($0.1)\($0.0)" }.joined()
    }

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
