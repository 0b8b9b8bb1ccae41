/// Keeps what is told of a run in one piece when its program has to begin again: what was told already is not
/// told twice.
///
/// Steps and handlers come in the same order each time, so each is known by its place.
struct Replay {
    private struct Part {
        let start: StepEvent
        var lines = 0
        var ending: StepEvent?
        var commands: Set<StepPart> = []
    }

    private var parts: [Part] = []
    private var registered: [String: StepEvent] = [:]
    private var hasGreeted = false
    /// How many parts were told of before the program began again.
    private var known = 0
    private var index = -1
    private var line = 0

    /// The program begins again.
    mutating func restart() {
        known = parts.count
        index = -1
    }

    /// Whether an event is news.
    mutating func isNews(_ event: StepEvent) -> Bool {
        switch event {
        case .hello:
            defer { hasGreeted = true }
            return !hasGreeted
        case .started, .handlerStarted: return begins(event)
        case .output: return lineIsNews()
        case .ok, .changed, .wouldChange, .skipped, .failed, .cut, .handlerDone, .handlerFailed:
            return endingIsNews(event)
        case .registered(let name, _):
            defer { registered[name] = event }
            return registered[name] != event
        case .command(_, let part, _):
            return index < 0 || parts[index].commands.insert(part).inserted
        case .retrying, .diff, .forecast: return !isOver
        case .handlerWouldRun, .waiting, .disconnected, .reconnected, .restarted, .ended, .stopped:
            return true
        }
    }

    /// Whether the part at hand was told to its end before.
    private var isOver: Bool { index >= 0 && index < known && parts[index].ending != nil }

    private mutating func begins(_ event: StepEvent) -> Bool {
        index += 1
        line = 0
        if index < known, parts[index].start == event { return false }
        known = min(known, index)
        parts = parts.prefix(index) + [Part(start: event)]
        return true
    }

    private mutating func lineIsNews() -> Bool {
        guard index >= 0 else { return true }
        line += 1
        guard !isOver, line > parts[index].lines else { return false }
        parts[index].lines = line
        return true
    }

    private mutating func endingIsNews(_ event: StepEvent) -> Bool {
        guard index >= 0 else { return true }
        guard isOver, let earlier = parts[index].ending else {
            parts[index].ending = event
            return true
        }
        switch (earlier, event) {
        // What was changed before is right now; how long it took is no news.
        case (.changed, .ok), (.changed, .changed): return false
        default:
            parts[index].ending = event
            return earlier != event
        }
    }
}
