import Foundation
import Playbook
import TestSupport
import Testing

/// What runs on a host when its connection is gone, and who comes after it.
@Suite struct TakeUpTests {
    static let overlap = """
        name: Overlap
        values: [ROOT]
        steps:
          - name: alone
            check: test -e "$ROOT/done"
            apply: |
              mkdir "$ROOT/working" || echo overlap >>"$ROOT/overlaps"
              echo running >>"$ROOT/runs"
              while ! test -e "$ROOT/go"; do sleep 0.05; done
              rmdir "$ROOT/working"
              touch "$ROOT/done"
        """

    @Test(arguments: FakeNode.Shell.allCases)
    func aSecondRunWaitsForTheFirstAndFindsItDone(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            async let first = stage.play(Self.overlap)
            try await eventually { stage.node.read("runs") != nil }
            async let second = stage.play(Self.overlap)
            try await eventually {
                stage.events.all.contains { if case .waiting = $0 { true } else { false } }
            }
            try stage.node.write("", to: "go")
            let both = try await (outcomes(first), outcomes(second))
            #expect(both == (["changed"], ["ok"]))
            #expect(stage.node.read("overlaps") == nil)
            #expect(stage.node.read("runs") == "running\n")
        }
    }

    /// Both look before either changes anything, so that the lock itself has to keep them apart.
    @Test(arguments: FakeNode.Shell.allCases)
    func manyThatStartAtOnceWorkOneAfterTheOther(shell: FakeNode.Shell) async throws {
        let text = """
            name: Many
            values: [ROOT, ME]
            steps:
              - name: alone
                check: sleep 0.3; test -e "$ROOT/$ME"
                apply: |
                  mkdir "$ROOT/working" || echo overlap >>"$ROOT/overlaps"
                  sleep 0.1
                  rmdir "$ROOT/working"
                  touch "$ROOT/$ME"
            """
        try await Stage.with(shell) { stage in
            let all = try await withThrowingTaskGroup(of: [String].self) { group in
                for number in 0..<4 {
                    group.addTask { try await outcomes(stage.play(text, ["ME": "me-\(number)"])) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(all == Array(repeating: ["changed"], count: 4))
            #expect(stage.node.read("overlaps") == nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aKilledProgramLeavesNoLockButItsStepIsWaitedFor(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let text = """
                name: Killed
                values: [ROOT]
                steps:
                  - name: kills the program and goes on
                    check: test -e "$ROOT/done"
                    apply: |
                      kill -KILL $$
                      sleep 1.5
                      touch "$ROOT/done"
                """
            await #expect(throws: PlaybookError.self) { try await stage.play(text) }
            let again = try await stage.play(text)
            #expect(outcomes(again) == ["ok"])
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aHostThatRestartsBeginsAgain(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let text = """
                name: Restart
                values: [ROOT]
                steps:
                  - name: first
                    creates: ${ROOT}/first
                    apply: touch "$ROOT/first"
                  - name: second
                    creates: ${ROOT}/second
                    apply: |
                      echo waiting
                      while ! test -e "$ROOT/restarted"; do sleep 0.1; done
                      touch "$ROOT/second"
                """
            let line = CutLine(stage.node, cuts: [shell == .bash ? 150 : 125])
            let node = stage.node
            let runner = stage.runner(token: "mc-restart", line: line) {
                let folder = node.path("run/mc-restart-1")
                waitNow { FileManager.default.fileExists(atPath: node.path("first")) }
                let owner = (try? String(contentsOfFile: folder + "/owner", encoding: .utf8)) ?? ""
                for line in owner.split(separator: "\n") {
                    if let pid = line.split(separator: " ").first.flatMap({ Int32($0) }) {
                        kill(pid, SIGKILL)
                    }
                }
                try? FileManager.default.removeItem(atPath: node.path("run"))
                try? node.write("", to: "restarted")
            }
            var values = Values()
            values["ROOT"] = stage.node.root
            let events = stage.events
            let result = try await runner.run(
                playbook(text), values: values, mode: .apply, privilege: .none, on: line,
                onEvent: { events.add($0) })
            #expect(outcomes(result) == ["changed", "changed"])
            #expect(result.counts.changed == 2)
            #expect(events.all.contains(.restarted))
            #expect(events.all.count { $0 == .started(step: "first") } == 1)
            #expect(events.lines == ["waiting"])
        }
    }

    /// A program that comes at the same moment makes its folder, and then its owner file, and then writes that.
    @Test(arguments: FakeNode.Shell.allCases)
    func aJournalThatIsJustBeingMadeIsLeftAlone(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let manager = FileManager.default
            for (name, owner) in [("mc-new", ""), ("mc-dead", "1 1 1\n")] {
                try manager.createDirectory(
                    atPath: stage.node.path("run/\(name)"), withIntermediateDirectories: true)
                try stage.node.write(owner, to: "run/\(name)/owner")
            }
            try await stage.play(
                "name: One\nvalues: [ROOT]\nsteps:\n  - name: x\n    creates: ${ROOT}/x\n    apply: touch \"$ROOT/x\"\n"
            )
            #expect(manager.fileExists(atPath: stage.node.path("run/mc-new")))
            #expect(!manager.fileExists(atPath: stage.node.path("run/mc-dead")))
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func nothingOfARunIsLeftOnTheHost(shell: FakeNode.Shell) async throws {
        try await Stage.with(shell) { stage in
            let text = """
                name: Secret
                values: [ROOT, PASSWORD]
                steps:
                  - name: prints it
                    creates: ${ROOT}/done
                    apply: |
                      echo "$PASSWORD"
                      find "$ROOT/run" -mindepth 1 -printf '%m %f\\n' | sed 's/mc-.*/token/' | sort >"$ROOT/modes"
                      touch "$ROOT/done"
                """
            try await stage.play(text, secrets: ["PASSWORD": "canary-7001"])
            #expect(
                stage.node.read("modes") == "600 journal\n600 lock-cbf29ce484222325.1\n600 owner\n700 token\n"
            )
            let left = try FileManager.default.contentsOfDirectory(atPath: stage.node.path("run"))
            #expect(left == ["lock-cbf29ce484222325.1"])
        }
    }
}

/// Waits, on the thread that asks, until something holds, for half a minute at most.
private func waitNow(_ holds: () -> Bool) {
    let end = ContinuousClock.now + .seconds(30)
    while !holds(), ContinuousClock.now < end { usleep(5000) }
}
