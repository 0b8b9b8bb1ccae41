/// A control plane may not join now.
struct JoinRefused: Error {
    /// Why, and what to do.
    let finding: Finding
}
