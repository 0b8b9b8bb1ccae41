/// The clock that the console is given.
package struct Timekeeper: Sendable {
    /// Seconds since some fixed moment, never going back.
    package let seconds: @Sendable () -> Double
    /// The time of day for lines in a log, `HH:MM:SS`.
    package let timeOfDay: @Sendable () -> String
    /// Waits; throws `CancellationError` when the task is cancelled.
    package let sleep: @Sendable (Duration) async throws -> Void

    /// Makes a clock of its functions.
    package init(
        seconds: @escaping @Sendable () -> Double, timeOfDay: @escaping @Sendable () -> String,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.seconds = seconds
        self.timeOfDay = timeOfDay
        self.sleep = sleep
    }

    /// Seconds as a person reads them: `0.4 s`, `12 s`, `4 min 12 s`, `1 h 02 min`.
    package static func text(seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        let whole = Int(seconds.rounded())
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        switch whole {
        case ..<10: return "\(tenths / 10).\(tenths % 10) s"
        case ..<60: return "\(whole) s"
        case ..<3600: return "\(whole / 60) min \(two(whole % 60)) s"
        default: return "\(whole / 3600) h \(two(whole / 60 % 60)) min"
        }
    }
}
