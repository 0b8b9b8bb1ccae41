import Inventory

/// Does the same with several hosts at once.
///
/// - Parameters:
///   - hosts: the hosts.
///   - parallel: with how many at once.
///   - work: is told of a cancelled task as any other; it is called for every host all the same.
/// - Returns: what came of each, in the order of the hosts.
func eachHost<Answer: Sendable>(
    of hosts: [Host], parallel: Int, _ work: @escaping @Sendable (Host) async -> Answer
) async -> [Answer] {
    await withTaskGroup(of: (Int, Answer).self) { group in
        var answers: [(index: Int, answer: Answer)] = []
        for (index, host) in hosts.enumerated() {
            if index >= parallel, let ended = await group.next() { answers.append(ended) }
            group.addTask { (index, await work(host)) }
        }
        for await ended in group { answers.append(ended) }
        return answers.sorted { $0.index < $1.index }.map(\.answer)
    }
}
