/// What came of one fault.
enum Finding: Sendable {
    /// The run repaired it itself.
    case repaired
    /// The next run did.
    case byTheNext
    /// The run was over before it came.
    case missed
    /// What is wrong.
    case wrong(String)

    /// Which of these, in words for a sum.
    enum Kind: String, Sendable, CaseIterable {
        case repaired = "repaired by the run itself"
        case byTheNext = "by the next"
        case missed = "over before"
        case wrong = "failed"
    }

    /// Which of these.
    var kind: Kind {
        switch self {
        case .repaired: .repaired
        case .byTheNext: .byTheNext
        case .missed: .missed
        case .wrong: .wrong
        }
    }
}
