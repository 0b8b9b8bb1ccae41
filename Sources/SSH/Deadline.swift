/// A moment after which waiting ends; a guard against silence, never a measure that anybody sees.
struct Deadline: Sendable {
    private let end: ContinuousClock.Instant

    /// A moment that many seconds from now.
    init(seconds: Double) {
        end = .now + .seconds(seconds)
    }

    /// Whether the moment has come.
    var hasPassed: Bool { .now >= end }

    /// What is left, in whole milliseconds rounded up, as `poll` wants it.
    var milliseconds: Int32 {
        let (seconds, attoseconds) = (end - .now).components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return Int32(clamping: seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
    }
}
