/// What was offered to a host so far.
struct Offers {
    /// How many refusals an sshd takes before it hangs up is 6 (MaxAuthTries); with 5 it still says what it
    /// would take.
    static let limit = 5

    /// The keys, as a person knows them, with the reason where one was not offered.
    var keys: [String] = []
    /// How often the host was offered something.
    var count = 0

    /// Whether the host would hang up at one more refusal.
    var isOver: Bool { count >= Self.limit }
}
