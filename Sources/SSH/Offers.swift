/// What was offered to a host so far.
struct Offers {
    /// How many refusals an sshd takes before it hangs up is 6 (MaxAuthTries of sshd_config(5)); with 5 it
    /// still says what it would take, and a password can follow.
    static let limit = 5

    /// The offers, as a person knows them, with the reason where something was not offered.
    var words: [String] = []
    /// The methods that were tried, in order.
    var methods: [String] = []
    /// How many refusals there were.
    var refusals = 0
    /// What the host took, in order; with more than one it wants several (AuthenticationMethods).
    var taken: [LoginWay] = []

    /// Whether the host would hang up at one more refusal.
    var isOver: Bool { refusals >= Self.limit }

    /// Notes that a method is tried.
    mutating func tries(_ method: String) {
        if !methods.contains(method) { methods.append(method) }
    }
}
