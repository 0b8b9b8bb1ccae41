/// Starts each item of a graph the moment that what it needs is there, and no later.
package struct Scheduler: Sendable {
    /// How an item ended, as far as the order of others goes.
    package enum Ending: Sendable, Hashable {
        case succeeded
        case failed
        /// It never started, because of an item that it needs, directly or not.
        case lost(item: Int)
        /// It never started, because the run was interrupted.
        case interrupted
    }

    /// How many items run at once.
    package let parallel: Int

    /// Makes a scheduler.
    package init(parallel: Int) { self.parallel = max(1, parallel) }

    /// Runs a graph to its end.
    ///
    /// What needs an item that failed does not start; all else goes on. When the task is cancelled nothing more
    /// starts, and what runs is waited for.
    ///
    /// - Parameters:
    ///   - graph: what is to run.
    ///   - perform: runs one item and says whether it succeeded; it gets the task's cancellation.
    /// - Returns: how each item ended, in the graph's order.
    package func run(
        _ graph: PhaseGraph, perform: @escaping @Sendable (Int, PhaseGraph.Item) async -> Bool
    ) async -> [Ending] {
        var endings = [Ending?](repeating: nil, count: graph.items.count)
        var waiting = Array(graph.items.indices)
        await withTaskGroup(of: (Int, Bool).self) { group in
            var running = 0
            while true {
                let (ready, blocked) = Self.sort(waiting, graph, &endings)
                waiting = blocked
                for index in ready {
                    guard !Task.isCancelled, running < parallel else {
                        waiting.append(index)
                        continue
                    }
                    running += 1
                    let item = graph.items[index]
                    group.addTask { (index, await perform(index, item)) }
                }
                waiting.sort()
                guard running > 0, let (index, succeeded) = await group.next() else { break }
                running -= 1
                endings[index] = succeeded ? .succeeded : .failed
            }
        }
        return endings.map { $0 ?? .interrupted }
    }

    /// Parts what waits into what can start and what cannot yet; what never can is given its ending.
    private static func sort(
        _ waiting: [Int], _ graph: PhaseGraph, _ endings: inout [Ending?]
    ) -> (ready: [Int], blocked: [Int]) {
        var ready: [Int] = []
        var blocked: [Int] = []
        for index in waiting {
            let item = graph.items[index]
            if let lost = item.needs.first(where: { isLost(endings[$0]) }) {
                if case .lost(let cause) = endings[lost] {
                    endings[index] = .lost(item: cause)
                } else {
                    endings[index] = .lost(item: lost)
                }
            } else if item.needs.allSatisfy({ endings[$0] == .succeeded }),
                item.turns.allSatisfy({ endings[$0] != nil })
            {
                ready.append(index)
            } else {
                blocked.append(index)
            }
        }
        return (ready, blocked)
    }

    private static func isLost(_ ending: Ending?) -> Bool {
        switch ending {
        case .failed, .lost: true
        case .succeeded, .interrupted, nil: false
        }
    }
}
