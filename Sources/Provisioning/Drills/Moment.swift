import Glibc

/// Moments as the API server writes them.
enum Moment {
    /// Milliseconds since 1970 of a time in UTC by RFC 3339, such as `2026-11-22T06:45:13Z` or with parts of a second;
    /// nil where it is none.
    static func milliseconds(_ text: String) -> Int? {
        let halves = text.dropLast().split(separator: "T")
        guard text.hasSuffix("Z"), halves.count == 2 else { return nil }
        let days = halves[0].split(separator: "-").compactMap { Int32($0) }
        let times = halves[1].split(separator: ":")
        guard days.count == 3, times.count == 3, let hour = Int32(times[0]), let minute = Int32(times[1]),
            let second = Double(times[2])
        else { return nil }
        var parts = tm()
        (parts.tm_year, parts.tm_mon, parts.tm_mday) = (days[0] - 1900, days[1] - 1, days[2])
        (parts.tm_hour, parts.tm_min, parts.tm_sec) = (hour, minute, 0)
        return timegm(&parts) * 1000 + Int(second * 1000)
    }
}
