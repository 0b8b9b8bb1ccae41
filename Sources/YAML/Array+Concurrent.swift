internal import Dispatch
internal import Synchronization

extension Array where Element: Sendable {
    /// What work makes of each element, in their order, done on all processors at once.
    ///
    /// For work of some tenths of a millisecond and more in all: less is done sooner than other threads wake up.
    package func concurrentMap<Result: Sendable>(_ work: @Sendable (Element) -> Result) -> [Result] {
        let results = Mutex([Result?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { index in
            let result = work(self[index])
            results.withLock { $0[index] = .some(result) }
        }
        return results.withLock { $0 }.compactMap(\.self)
    }
}
