/// What was waited for did not come.
package struct NeverCame: Error {
    /// Makes one.
    package init() {}
}

/// Waits until something holds, and looks again every few milliseconds.
///
/// - Throws: ``NeverCame`` after the deadline.
package func eventually(within deadline: Duration = .seconds(60), _ holds: () throws -> Bool) async throws {
    let clock = ContinuousClock()
    let end = clock.now + deadline
    while try !holds() {
        guard clock.now < end else { throw NeverCame() }
        try await Task.sleep(for: .milliseconds(5))
    }
}
