import Console
import Glibc

extension Timekeeper {
    /// The machine's clock.
    static let system: Timekeeper = {
        let start = ContinuousClock.now
        return Timekeeper(
            seconds: { (ContinuousClock.now - start) / .seconds(1) },
            timeOfDay: { clockText("%H:%M:%S", localtime_r) },
            sleep: { try await Task.sleep(for: $0) })
    }()
}

/// The present moment in UTC by ISO 8601, such as `2026-11-21T10:44:06Z`.
func timestamp() -> String { clockText("%Y-%m-%dT%H:%M:%SZ", gmtime_r) }

/// The present moment with milliseconds, such as `2026-11-21T10:44:06.123Z`.
func preciseTimestamp() -> String {
    let milliseconds = nanoseconds() / 1_000_000
    let rest = String(milliseconds % 1000)
    let zeros = String(repeating: "0", count: 3 - rest.count)
    return clockText("%Y-%m-%dT%H:%M:%S", gmtime_r, at: milliseconds / 1000) + ".\(zeros)\(rest)Z"
}

/// Nanoseconds since 1970.
func nanoseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return now.tv_sec * 1_000_000_000 + now.tv_nsec
}

private func clockText(
    _ format: String,
    _ split: (UnsafePointer<time_t>, UnsafeMutablePointer<tm>) -> UnsafeMutablePointer<tm>?,
    at moment: time_t? = nil
) -> String {
    var now = moment ?? Glibc.time(nil)
    var parts = tm()
    _ = split(&now, &parts)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
        let count = strftime(buffer.baseAddress, buffer.count, format, &parts)
        return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
