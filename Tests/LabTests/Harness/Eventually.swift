/// A condition that did not come true in time.
struct Expired: Error, CustomStringConvertible {
    /// What was waited for.
    let what: String
    /// For how long.
    let limit: Duration
    /// What was seen last instead.
    let last: String
    var description: String { "not within \(limit.components.seconds) s: \(what)\(last)" }
}

/// Asks again and again until the body returns a value; throws when the limit is over or the body throws.
@discardableResult
func eventually<Value>(
    _ what: String, within limit: Duration, every pause: Duration = .milliseconds(500),
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now.advanced(by: limit)
    while true {
        if let value = try await body() { return value }
        guard ContinuousClock.now < deadline else { throw Expired(what: what, limit: limit, last: "") }
        try await Task.sleep(for: pause)
    }
}

/// Asks again and again until nothing is missing; the body says what still is, which is the message when time is over.
func settle(
    _ what: String, within limit: Duration, every pause: Duration = .seconds(1),
    isolation: isolated (any Actor)? = #isolation, _ missing: () async throws -> [String]
) async throws {
    let deadline = ContinuousClock.now.advanced(by: limit)
    while true {
        let still = try await missing()
        if still.isEmpty { return }
        guard ContinuousClock.now < deadline else {
            throw Expired(what: what, limit: limit, last: "; still: \(still.joined(separator: ", "))")
        }
        try await Task.sleep(for: pause)
    }
}
