import Foundation
import Inventory
import Playbook
import Synchronization
import TestSupport
import Testing

@testable import Provisioning

/// The lock between runs of this process, on hosts that are scratch folders; between processes: `EndToEndTests`.
struct ClusterLockTests {
    private func lock(
        on node: any Transport, in folder: String, run: String, takesOver: Bool = false,
        say: @escaping @Sendable (String) -> Void = { _ in }
    ) -> ClusterLock {
        let surroundings = Surroundings(
            asset: { _ in [] }, file: { _ in [] }, now: { 0 }, connect: { _ in node },
            privilege: { _ in .none }, explain: { ("\($0)", "") })
        let holder = LockHolder(who: "ada@\(run)", since: "2026-11-21T10:00:00Z", command: "up", run: run)
        return ClusterLock(
            Sample.cluster(), surroundings, for: holder, takesOver: takesOver, folder: folder,
            sleep: { try await Task.sleep(for: min($0, .milliseconds(20))) }, say: say)
    }

    /// Tries to get the lock and lets go at once.
    private func tries(_ lock: ClusterLock) async -> LockError? {
        do {
            try await lock.holding {}
            return nil
        } catch {
            return error as? LockError
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func oneAtATime(_ shell: FakeNode.Shell) async throws {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: shell)
            let second = lock(on: node, in: folder + "/locks", run: "second")
            try await lock(on: node, in: folder + "/locks", run: "first").holding {
                let error = await tries(second)
                let holder = LockHolder(
                    who: "ada@first", since: "2026-11-21T10:00:00Z", command: "up", run: "first")
                #expect(error == .held(by: holder, cluster: "test", host: "c1"))
            }
            #expect(await tries(second) == nil)
            #expect(node.read("locks/test.lock") == "", "who let go is not named any more")
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func whoIsTakenOverStopsAndSaysByWhom(_ shell: FakeNode.Shell) async throws {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: shell)
            let locks = folder + "/locks"
            let (signal, began) = AsyncStream.makeStream(of: Void.self)
            let said = Collected()
            let first = lock(on: node, in: locks, run: "first") { said.add(Array($0.utf8)) }
            let worker = Task {
                try await first.holding {
                    began.yield()
                    // the running step comes to its end
                    while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(5)) }
                }
            }
            for await _ in signal { break }
            let other = lock(on: node, in: locks, run: "second", takesOver: true)
            let third = lock(on: node, in: locks, run: "third")
            try await other.holding {
                let result = await worker.result
                #expect(throws: LockError.self) { try result.get() }
                #expect(said.text.contains("taken over by ada@second (up, since"))
                guard case .held(let holder, _, _) = await tries(third) else {
                    Issue.record("the lock is not held")
                    return
                }
                #expect(holder.who == "ada@second")
            }
            #expect(await tries(third) == nil)
        }
    }

    @Test func aLockThatIsLostIsTakenAgain() async throws {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder)
            @Sendable func pid() -> Int32? {
                node.read("locks/test.lock")?.split(separator: "\n").last?.split(separator: " ").last.flatMap
                {
                    Int32($0)
                }
            }
            let second = lock(on: node, in: folder + "/locks", run: "second")
            try await lock(on: node, in: folder + "/locks", run: "first").holding {
                // as a cut connection ends it: nobody says stop, and the kernel lets go
                let first = try #require(pid())
                kill(-getpgid(first), SIGKILL)
                try await eventually { pid().map { $0 != first } ?? false }
                guard case .held(let holder, _, _) = await tries(second) else {
                    Issue.record("nobody holds the lock")
                    return
                }
                #expect(holder.run == "first")
            }
            #expect(await tries(second) == nil)
        }
    }

    @Test func aRunTakesTheLockFromItself() async throws {
        // the host has not noticed yet that the connection broke, and the run is back already
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder)
            let locks = folder + "/locks"
            await #expect(throws: LockError.self) {
                try await lock(on: node, in: locks, run: "first").holding {
                    #expect(await tries(lock(on: node, in: locks, run: "first")) == nil)
                    while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(5)) }
                }
            }
        }
    }

    @Test func aHostWithoutFlockIsRefused() async throws {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: .bash)
            let bare = LocalTransport(environment: ["PATH=\(folder)/bin"])
            _ = node
            let error = await tries(lock(on: Blinded(node: bare), in: folder + "/locks", run: "first"))
            guard case .impossible(let host, let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(host == "c1")
            #expect(reason.contains("install util-linux"))
        }
    }

    @Test func aHostThatIsNotReachedHoldsNobodyUp() async throws {
        struct Away: Error {}
        let surroundings = Surroundings(
            asset: { _ in [] }, file: { _ in [] }, now: { 0 }, connect: { _ in throw Away() },
            privilege: { _ in .none }, explain: { ("\($0)", "") })
        let said = Collected()
        let holder = LockHolder(who: "a", since: "b", command: "c", run: "d")
        let lock = ClusterLock(
            Sample.cluster(), surroundings, for: holder, takesOver: false,
            sleep: { try await Task.sleep(for: $0) }, say: { said.add(Array($0.utf8)) })
        #expect(try await lock.holding { 7 } == 7)
        #expect(said.text.contains("c1 does not give"))
    }

    @Test func cancellingLetsGoWhenTheWorkIsOver() async throws {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder)
            let (signal, began) = AsyncStream.makeStream(of: Void.self)
            let (go, goes) = AsyncStream.makeStream(of: Void.self)
            let first = lock(on: node, in: folder + "/locks", run: "first")
            let worker = Task {
                try await first.holding {
                    began.yield()
                    await Task { for await _ in go { break } }.value
                }
            }
            for await _ in signal { break }
            worker.cancel()
            let second = lock(on: node, in: folder + "/locks", run: "second")
            #expect(await tries(second) != nil)
            goes.yield()
            _ = await worker.result
            #expect(await tries(second) == nil)
        }
    }

    @Test func theProgramPassesShellcheck() throws {
        let holder = LockHolder(who: "o'neil@here", since: "b", command: "c", run: "d")
        let text = LockProgram.text(
            folder: "/run/x", cluster: "a b", holder: holder, takesOver: true, token: "mc-1")
        try Shellcheck.expectClean("#!/bin/sh\n" + text)
    }
}

/// A host whose programs find nothing outside of one folder.
private struct Blinded: Transport {
    let node: LocalTransport

    func run(
        _ command: RemoteCommand, onOutput: @escaping @Sendable (OutputPiece) -> Void
    ) async throws -> CommandEnd {
        var command = command
        let usual = ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        command.input = Array(
            String(decoding: command.input, as: UTF8.self).replacing(usual, with: "").utf8)
        return try await node.run(command, onOutput: onOutput)
    }
}
