import YAML

/// Turns a program's output into events and a result while it comes.
struct RunState {
    /// What is known so far.
    private(set) var result = HostResult()
    /// Whether the program has said hello.
    private(set) var hasStarted = false
    /// Whether the program has said that it is at its end.
    private(set) var hasEnded = false
    /// What came before the program said hello: banners, or why there is no program; secrets taken out.
    private(set) var preamble: [String] = []
    /// The step or handler that runs.
    private(set) var current: String?
    /// Whether the program keeps a journal on the host, and so waits to be told that all of it was heard.
    private(set) var isDetached = false
    /// Whether the program was ended from outside, as the one that took up its journal found out.
    private(set) var isKilled = false
    /// What a new channel that takes up a journal has come to; nil while there is none.
    private(set) var resumption: Resumption?
    /// How many events it has told of.
    private(set) var told = 0
    /// How many bytes are known of what the program has said after its hello.
    var position: Int { outputs.position ?? 0 }

    private let playbook: Playbook
    private var token: String
    private var redactor: Redactor
    private var outputs: EventDecoder
    private var errors: EventDecoder
    private var recent: [String] = []
    /// What the step at hand would fetch, as it printed it.
    private var brought = ""
    private var replay = Replay()
    private var changedBefore: Set<Int> = []

    /// Makes the state of a run that begins.
    init(playbook: Playbook, redactor: Redactor, token: String) {
        self.playbook = playbook
        self.redactor = redactor
        self.token = token
        outputs = EventDecoder(token: token)
        errors = EventDecoder(token: token)
    }

    /// Takes a piece of output and gives the events that it completes.
    mutating func take(_ piece: OutputPiece) -> [StepEvent] {
        var bytes = piece.bytes
        if resumption != nil, resumption?.verdict == nil {
            bytes = resumption?.feed(bytes) ?? []
            guard case .resumed = resumption?.verdict else { return [] }
            isDetached = true
            var events: [StepEvent] = []
            if !hasStarted {
                hasStarted = true
                outputs = EventDecoder(token: token, position: 0)
                events = news([.hello(redactor.clean(resumption?.hello ?? ""))])
            }
            return events + news(outputs.feed(bytes).flatMap { self.events(of: $0) })
        }
        let items =
            switch piece.stream {
            case .output: outputs.feed(bytes)
            case .error: errors.feed(bytes)
            }
        return news(items.flatMap { events(of: $0) })
    }

    /// A new channel will take up the program's journal at ``position``.
    mutating func resume() {
        resumption = Resumption(token: token)
        errors = EventDecoder(token: token)
    }

    /// The program begins again, with another token; what was told of it is not told again.
    mutating func restart(token: String) {
        for (index, step) in result.steps.enumerated() where step.outcome == .changed {
            changedBefore.insert(index)
        }
        self.token = token
        (outputs, errors) = (EventDecoder(token: token), EventDecoder(token: token))
        (hasStarted, isDetached, resumption, current) = (false, false, nil, nil)
        preamble = []
        let registered = result.registered
        result = HostResult()
        result.registered = registered
        replay.restart()
    }

    /// Notes an event that is not the program's own.
    mutating func tell(_ event: StepEvent) -> [StepEvent] { news([event]) }

    private mutating func news(_ events: [StepEvent]) -> [StepEvent] {
        let news = events.filter { replay.isNews($0) }
        told += news.count
        return news
    }

    /// Gives the events of what is left at the end of both streams.
    mutating func finish() -> [StepEvent] {
        let items = outputs.finish() + errors.finish()
        return news(items.flatMap { events(of: $0) })
    }

    private mutating func events(of item: EventDecoder.Item) -> [StepEvent] {
        switch item {
        case .line(let text): return line(redactor.clean(text))
        case .event(let words): return event(words)
        case .text(let words, let text): return event(words, text: text)
        }
    }

    private mutating func line(_ text: String) -> [StepEvent] {
        guard hasStarted else {
            if preamble.count < 50, !text.isEmpty { preamble.append(text) }
            return []
        }
        recent = recent.suffix(19) + [text]
        return [.output(step: current, line: text)]
    }

    private mutating func event(_ words: [String], text: String? = nil) -> [StepEvent] {
        switch words.first {
        case "hello":
            hasStarted = true
            return [.hello(words.dropFirst().joined(separator: " "))]
        case "journal":
            isDetached = true
            return []
        case "killed":
            isKilled = true
            return []
        case "waiting": return [.waiting(seconds: words.dropFirst().first.flatMap { Int($0) } ?? 0)]
        case "end":
            hasEnded = true
            return [.ended(result.counts)]
        case "stopped":
            hasEnded = true
            result.isStopped = true
            return [.stopped(result.counts)]
        default: break
        }
        guard let kind = words.first, words.count > 1, let index = Int(words[1]) else { return [] }
        let numbers = words.dropFirst(2).map { Int($0) ?? 0 }
        if kind.hasPrefix("handler-") {
            guard playbook.handlers.indices.contains(index) else { return [] }
            return handlerEvent(kind, playbook.handlers[index], words, numbers)
        }
        guard playbook.steps.indices.contains(index) else { return [] }
        return stepEvent(kind, playbook.steps[index], words, numbers, text)
    }

    private mutating func stepEvent(
        _ kind: String, _ step: Step, _ words: [String], _ numbers: [Int], _ text: String?
    ) -> [StepEvent] {
        switch kind {
        case "start":
            begin(step.name)
            return [.started(step: step.name)] + commands(of: step, .when, .check)
        case "apply": return commands(of: step, .apply)
        case "ok":
            end(step, .ok, \.ok)
            return [.ok(step: step.name)]
        case "changed":
            end(step, .changed, \.changed)
            return [.changed(step: step.name, milliseconds: numbers.first ?? 0)]
        case "would":
            end(step, .wouldChange, \.wouldChange)
            defer { brought = "" }
            let forecast = Forecast(of: step, brings: brought).map { StepEvent.forecast(step: step.name, $0) }
            return [forecast, .wouldChange(step: step.name)].compactMap(\.self)
        case "skipped":
            end(step, .skipped, \.skipped)
            return [.skipped(step: step.name)]
        case "retry":
            guard numbers.count == 3, let reason = FailureReason(rawValue: words[2]) else { return [] }
            return [.retrying(step: step.name, reason: reason, code: numbers[1], seconds: numbers[2])]
        case "failed":
            guard numbers.count == 2, let reason = FailureReason(rawValue: words[2]) else { return [] }
            fail(step.name, step.mark, reason, numbers[1])
            end(step, .failed, \.failed)
            return [.failed(step: step.name, reason: reason, code: numbers[1])]
        case "cut":
            current = nil
            result.cutStep = step.name
            return [.cut(step: step.name)]
        case "brings":
            brought = redactor.clean(text ?? "")
            return []
        case "hidden": return [.diff(step: step.name, text: nil)]
        case "diff": return [.diff(step: step.name, text: redactor.clean(text ?? ""))]
        case "value":
            let events = registered(step, text ?? "")
            // after it, so that what it has made known as a secret is hidden in it too
            return commands(of: step, .value) + events
        default: return []
        }
    }

    private mutating func handlerEvent(
        _ kind: String, _ handler: Handler, _ words: [String], _ numbers: [Int]
    ) -> [StepEvent] {
        switch kind {
        case "handler-start":
            begin(handler.name)
            return [
                .handlerStarted(handler: handler.name),
                .command(step: handler.name, part: .handler, text: shown(handler.script)),
            ]
        case "handler-done":
            current = nil
            result.handlers.append(handler.name)
            return [.handlerDone(handler: handler.name, milliseconds: numbers.first ?? 0)]
        case "handler-would":
            result.handlers.append(handler.name)
            return [.handlerWouldRun(handler: handler.name)]
        case "handler-failed":
            guard numbers.count == 2, let reason = FailureReason(rawValue: words[2]) else { return [] }
            fail(handler.name, handler.mark, reason, numbers[1])
            current = nil
            return [.handlerFailed(handler: handler.name, reason: reason, code: numbers[1])]
        default: return []
        }
    }

    /// Which of a step's parts run, those that it has.
    private func commands(of step: Step, _ parts: StepPart...) -> [StepEvent] {
        parts.compactMap { part in
            step.command(part).map { .command(step: step.name, part: part, text: shown($0)) }
        }
    }

    private func shown(_ script: String) -> String {
        redactor.clean(String(script.reversed().drop(while: \.isNewline).reversed()))
    }

    private mutating func registered(_ step: Step, _ text: String) -> [StepEvent] {
        guard let registration = step.registration else { return [] }
        let value: Values.Value = registration.isSecret ? .secret(Secret(text)) : .plain(text)
        if registration.isSecret { redactor.add(text) }
        result.registered.set(registration.name, value)
        return [.registered(name: registration.name, value: value)]
    }

    private mutating func begin(_ name: String) {
        current = name
        recent = []
    }

    private mutating func end(
        _ step: Step, _ outcome: HostResult.Outcome, _ count: WritableKeyPath<Counts, Int>
    ) {
        current = nil
        // What an earlier attempt of this run has changed was changed by this run.
        let wasChanged = outcome == .ok && changedBefore.contains(result.steps.count)
        result.steps.append((step.name, wasChanged ? .changed : outcome))
        result.counts[keyPath: wasChanged ? \.changed : count] += 1
    }

    private mutating func fail(_ name: String, _ mark: Mark?, _ reason: FailureReason, _ code: Int) {
        result.failure = StepFailure(
            step: name, mark: mark, reason: reason, code: code, lastLines: recent.map(redactor.clean))
    }
}
