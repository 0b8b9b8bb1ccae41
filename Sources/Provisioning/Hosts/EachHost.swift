import Inventory

/// Does the same with several hosts at once.
///
/// - Parameters:
///   - hosts: the hosts.
///   - parallel: with how many at once.
///   - work: is told of a cancelled task as any other; it is called for every host all the same.
///   - onEnd: called for each host as soon as it is done there.
/// - Returns: what came of each, in the order of the hosts.
func eachHost<Answer: Sendable>(
    of hosts: [Host], parallel: Int, _ work: @escaping @Sendable (Host) async throws -> Answer,
    onEnd: @escaping @Sendable (Host, Result<Answer, any Error>) -> Void
) async -> [Result<Answer, any Error>] {
    await withTaskGroup(of: (Int, Result<Answer, any Error>).self) { group in
        var answers: [(index: Int, answer: Result<Answer, any Error>)] = []
        for (index, host) in hosts.enumerated() {
            if index >= parallel, let ended = await group.next() { answers.append(ended) }
            group.addTask {
                let result: Result<Answer, any Error>
                do {
                    result = .success(try await work(host))
                } catch {
                    result = .failure(error)
                }
                onEnd(host, result)
                return (index, result)
            }
        }
        for await ended in group { answers.append(ended) }
        return answers.sorted { $0.index < $1.index }.map(\.answer)
    }
}
