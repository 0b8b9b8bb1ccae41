import Synchronization

/// How far the hosts are that try the ways between them, so that all listen before one asks, and until the last has asked.
final class PathMuster: Sendable {
    /// How far a host is.
    enum Stage: Sendable { case starting, ready, done, gone }

    private let stages: Mutex<[Stage]>

    /// Makes a muster of so many hosts.
    init(count: Int) { stages = Mutex(Array(repeating: .starting, count: count)) }

    /// Notes how far a host is.
    func note(_ number: Int, _ stage: Stage) { stages.withLock { $0[number] = stage } }

    /// Whether all listen that ever will.
    var mayGo: Bool { stages.withLock { !$0.contains(.starting) } }

    /// Whether nobody asks any more.
    var mayEnd: Bool { stages.withLock { $0.allSatisfy { $0 == .done || $0 == .gone } } }
}
