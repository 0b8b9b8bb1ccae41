import Inventory
import Provisioning
import Synchronization
import Testing

/// What a simulated run did, in order.
private final class Journal: Sendable {
    private let state = Mutex<(started: [Int], ended: [Int])>(([], []))

    func start(_ index: Int) { state.withLock { $0.started.append(index) } }
    func end(_ index: Int) { state.withLock { $0.ended.append(index) } }
    var started: [Int] { state.withLock { $0.started } }
    var ended: [Int] { state.withLock { $0.ended } }
}

struct SchedulerTests {
    private func graph(planes: Int = 1, workers: Int = 3, skipped: Set<String> = []) throws -> PhaseGraph {
        let cluster = Sample.cluster(planes: planes, workers: workers)
        let situation = try Sample.situation(cluster)
        return PhaseGraph(Phases.all, cluster) { !skipped.contains($0.id) && $0.applies(situation, $1) }
    }

    private func index(_ graph: PhaseGraph, _ phase: String, _ host: String) throws -> Int {
        try #require(graph.items.firstIndex { $0.phase.id == phase && $0.host.name == host })
    }

    @Test(arguments: 1...20)
    func startsNothingBeforeItsNeeds(_ seed: Int) async throws {
        let graph = try graph(planes: 1 + seed % 3, workers: seed % 5)
        let journal = Journal()
        let endings = await Scheduler(parallel: 1 + seed % 7).run(graph) { index, item in
            for need in item.needs + item.turns { #expect(journal.ended.contains(need)) }
            journal.start(index)
            for _ in 0..<((index * 7 + seed * 13) % 11) { await Task.yield() }
            journal.end(index)
            return true
        }
        #expect(endings == [Scheduler.Ending](repeating: .succeeded, count: graph.items.count))
        #expect(journal.started.sorted() == Array(graph.items.indices))
    }

    @Test func noWorkerWaitsForAnother() async throws {
        // w1 stands still in its first phase until w2 has joined: with a barrier this would never end
        let graph = try graph(workers: 2)
        let joined = try index(graph, "join", "w2")
        let journal = Journal()
        let held = try index(graph, "swap", "w1")
        let endings = await Scheduler(parallel: 50).run(graph) { index, _ in
            if index == held {
                while !journal.ended.contains(joined) { await Task.yield() }
            }
            journal.end(index)
            return true
        }
        #expect(endings.allSatisfy { $0 == .succeeded })
    }

    @Test func aHostThatFailsStopsAlone() async throws {
        let graph = try graph(workers: 2)
        let broken = try index(graph, "packages", "w1")
        let endings = await Scheduler(parallel: 50).run(graph) { index, _ in index != broken }
        for (index, item) in graph.items.enumerated() where item.host.name == "w2" {
            #expect(endings[index] == .succeeded, "\(item.phase.id)")
        }
        #expect(endings[broken] == .failed)
        #expect(endings[try self.index(graph, "join", "w1")] == .lost(item: broken))
        #expect(endings[try self.index(graph, "nodes", "c1")] == .lost(item: broken))
        #expect(endings[try self.index(graph, "coredns", "c1")] == .lost(item: broken))
        #expect(endings[try self.index(graph, "kubeconfig", "c1")] == .succeeded)
    }

    @Test func whatIsLeftOutPassesItsNeedsOn() throws {
        let graph = try graph(skipped: ["images", "packages"])
        let plane = graph.items[try index(graph, "control-plane", "c1")]
        // the runtime, and through the runtime that this cluster does not use what that one waits for
        #expect(plane.needs.map { graph.items[$0].phase.id } == ["system", "containerd"])
        let container = graph.items[try index(graph, "containerd", "c1")]
        #expect(container.needs.map { graph.items[$0].phase.id } == ["system"])
    }

    @Test func furtherControlPlanesTakeTurns() throws {
        let graph = try graph(planes: 3)
        let second = try index(graph, "join-control-plane", "c2")
        let third = try index(graph, "join-control-plane", "c3")
        #expect(graph.items[third].turns == [second])
        #expect(graph.items[second].turns.isEmpty)
    }

    @Test func afterCancellationNothingStarts() async throws {
        let graph = try graph(workers: 2)
        let journal = Journal()
        let (signal, tell) = AsyncStream<Void>.makeStream()
        let task = Task {
            await Scheduler(parallel: 2).run(graph) { index, _ in
                journal.start(index)
                tell.yield()
                while !Task.isCancelled { await Task.yield() }
                journal.end(index)
                return true
            }
        }
        for await _ in signal where journal.started.count == 2 { break }
        task.cancel()
        let endings = await task.value
        #expect(journal.started.count == 2)
        #expect(journal.ended.count == 2)
        #expect(endings.filter { $0 == .succeeded }.count == 2)
        #expect(endings.filter { $0 == .interrupted }.count == graph.items.count - 2)
    }

    @Test func phasesNeedOnlyEarlierPhases() {
        var known: Set<String> = []
        for phase in Phases.all {
            for need in phase.needs { #expect(known.contains(need.phase), "\(phase.id) needs \(need.phase)") }
            #expect(known.insert(phase.id).inserted)
        }
    }
}
