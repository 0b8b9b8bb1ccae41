import Foundation
import TestSupport
import Testing

/// A run that is disturbed at any place ends, at the latest by the next run, as an undisturbed one.
@Suite(.enabled("this takes root, and namespaces") { Host.canBeMade })
struct FaultTests {
    /// How many runs there are at once: most of their time they wait.
    private static let width = 8 * ProcessInfo.processInfo.activeProcessorCount + 4

    @Test func aDisturbedRunEndsAsAnUndisturbedOne() async throws {
        var cases: [(fault: Fault, whole: Undisturbed)] = []
        let asked = Fault.Kind.allCases.flatMap { kind in
            Fault.Login.allCases.filter { Extent.asked.concerns(kind, $0) }
                .map { (kind: kind, login: $0, task: Undisturbed.run($0)) }
        }
        for (kind, login, task) in asked {
            let whole = try await task.value
            cases += Extent.asked.faults(kind, login, whole).map { ($0, whole) }
        }
        var counts: [Fault.Kind: [Finding.Kind: Int]] = [:]
        try await withThrowingTaskGroup(of: (Fault, Finding).self) { group in
            var rest = cases[...]
            func add() {
                guard let (fault, whole) = rest.popFirst() else { return }
                group.addTask { (fault, try await Trial(fault: fault, whole: whole).finding()) }
            }
            for _ in 0..<Self.width { add() }
            while let (fault, finding) = try await group.next() {
                counts[fault.kind, default: [:]][finding.kind, default: 0] += 1
                if case .wrong(let why) = finding {
                    tell("fault: \(fault) failed: \(why)")
                    Issue.record("\(fault): \(why)")
                }
                let done = counts.values.joined().reduce(0) { $0 + $1.value }
                if done.isMultiple(of: 100) { tell("fault: \(done) of \(cases.count)") }
                add()
            }
        }
        for kind in Fault.Kind.allCases {
            guard let counts = counts[kind] else { continue }
            let words = Finding.Kind.allCases.map { "\(counts[$0] ?? 0) \($0.rawValue)" }
            tell("fault: \(kind.rawValue): \(words.joined(separator: ", "))")
            if case .all = Extent.asked { continue }
            #expect(counts[.missed] == nil, "a \(kind.rawValue) came after the end of its run")
        }
    }
}
