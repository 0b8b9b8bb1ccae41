import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

extension RunRecord {
    /// Keeps an event of a run's phases.
    func take(_ event: RunEvent) {
        switch event.kind {
        case .started(let title):
            write(
                "phaseStarted", ["title": .string(title)], host: event.host, phase: event.phase, words: title)
        // What only looks is in the playbook, and would be most of a log.
        case .step(.command(_, let part, _)) where !part.changes: break
        case .step(let step): write(step, host: event.host, phase: event.phase)
        case .ended(let outcome): take(outcome)
        }
    }

    private func take(_ outcome: PhaseOutcome) {
        func write(_ ending: String, _ more: Node, _ words: String?) {
            var fields: Node = ["ending": .string(ending), "changes": .int(outcome.changes)]
            for entry in more.entries ?? [] { fields[entry.key] = entry.value }
            self.write("phaseEnded", fields, host: outcome.host, phase: outcome.phase, words: words)
        }
        switch outcome.ending {
        case .done: write("done", [:], nil)
        case .failed(let failure):
            let words = [
                failure.message, failure.cause.map { "cause: \($0.cause)" }, "next: \(failure.next)",
            ]
            write("failed", failure.fields, words.compactMap { $0 }.joined(separator: "\n"))
        case .lost(let cause):
            write("lost", ["because": .string(cause)], "did not start, since it needs \(cause)")
        case .interrupted: write("interrupted", [:], "interrupted")
        }
    }

    /// Keeps an event of applying or removing an application; `host` is the control plane that kubectl runs on.
    func take(_ event: ApplyEvent, on host: String) {
        switch event {
        case .wave(let name, let number, let count):
            write(
                "wave", ["name": .string(name), "number": .int(number), "of": .int(count)], host: host,
                words: "\(name) (\(number) of \(count))")
        case .changed(let id, let kind):
            write(
                "object", ["object": .string("\(id)"), "change": .string(kind.rawValue)], host: host,
                words: "\(kind.rawValue)d: \(id)")
        case .ready(let id): write("ready", ["object": .string("\(id)")], host: host, words: "ready: \(id)")
        case .waiting(let names):
            write(
                "notReady", ["objects": .sequence(names.map { .string($0) })], host: host,
                words: "waiting for \(names.joined(separator: ", "))")
        }
    }

    /// Keeps what kubectl was asked and how it ended; what it was given on standard input may be secret, and is not kept.
    func take(_ answer: KubectlOutput, to arguments: [String], seconds: Double, on host: String) {
        let said = String(decoding: answer.error.suffix(4000), as: UTF8.self)
        let words = "kubectl \(arguments.joined(separator: " "))"
        let ending = answer.code == 0 ? "" : ": exit code \(answer.code)\n\(said)"
        write(
            "kubectl",
            [
                "arguments": .sequence(arguments.map { .string($0) }), "code": .int(Int(answer.code)),
                "milliseconds": .int(Int(seconds * 1000)),
                "message": answer.code == 0 ? .null : .string(said),
            ], host: host, words: words + ending)
    }

    /// Opens the way to a host, and keeps how that went.
    ///
    /// - Throws: what connecting throws.
    func connecting<Way: Sendable>(
        to host: Host, _ time: Timekeeper, _ connect: () async throws -> Way
    ) async throws -> Way {
        let began = time.seconds()
        var milliseconds: Node { .int(Int((time.seconds() - began) * 1000)) }
        do {
            let way = try await connect()
            write("connected", ["milliseconds": milliseconds], host: host.name, words: "connected")
            return way
        } catch {
            let message = Explanation(error).message
            write(
                "notConnected", ["milliseconds": milliseconds, "message": .string(message)], host: host.name,
                words: message)
            throw error
        }
    }

    /// Keeps a check of the proof; `host` is the control plane that it goes by.
    func take(_ check: ProofCheck, on host: String) {
        write(
            "proof",
            [
                "kind": .string(check.kind.rawValue), "subject": .string(check.subject),
                "failure": check.failure.map { .string($0) } ?? .null,
            ], host: host, words: "\(check.words): \(check.failure ?? "yes")")
    }
}

extension PhaseFailure {
    /// What is known of it, for scripts.
    var fields: Node {
        [
            "step": step.map { .string($0) } ?? .null,
            "place": mark.map { .string("\($0)") } ?? .null,
            "message": .string(message),
            "cause": cause.map { .string($0.cause) } ?? .null,
            "causeName": cause.map { .string($0.name) } ?? .null,
            "evidence": evidence.map { .string($0) } ?? .null,
            "next": .string(next),
            "output": .sequence(output.map { .string($0) }),
            "seen": .sequence(
                seen.map {
                    ["host": .string($0.host), "lines": .sequence($0.lines.map { .string($0) })]
                }),
        ]
    }
}
