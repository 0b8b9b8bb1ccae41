package import YAML

extension StepEvent {
    /// The event's name and what belongs to it, for the event stream of a run.
    package var fields: [Mapping.Entry] {
        switch self {
        case .hello(let shell): Self.entries("hello", ["shell": .string(shell)])
        case .started(let step): Self.entries("started", ["step": .string(step)])
        case .command(let step, let part, let text):
            Self.entries(
                "command",
                ["step": .string(step), "part": .string(part.rawValue), "command": .string(text)])
        case .output(let step, let line):
            Self.entries("output", ["step": step.map { .string($0) } ?? .null, "line": .string(line)])
        case .ok(let step): Self.entries("ok", ["step": .string(step)])
        case .changed(let step, let milliseconds):
            Self.entries("changed", ["step": .string(step), "milliseconds": .int(milliseconds)])
        case .wouldChange(let step): Self.entries("wouldChange", ["step": .string(step)])
        case .skipped(let step): Self.entries("skipped", ["step": .string(step)])
        case .retrying(let step, let reason, let code, let seconds):
            Self.entries(
                "retrying",
                [
                    "step": .string(step), "reason": .string(reason.rawValue), "code": .int(code),
                    "seconds": .int(seconds),
                ])
        case .cut(let step): Self.entries("cut", ["step": .string(step)])
        case .waiting(let seconds): Self.entries("held", ["seconds": .int(seconds)])
        case .disconnected(let reason): Self.entries("disconnected", ["reason": .string(reason)])
        case .reconnected: Self.entries("reconnected", [:])
        case .restarted: Self.entries("restarted", [:])
        case .failed(let step, let reason, let code):
            Self.entries(
                "failed", ["step": .string(step), "reason": .string(reason.rawValue), "code": .int(code)])
        case .registered(let name, .plain(let text)):
            Self.entries("registered", ["name": .string(name), "value": .string(text)])
        case .registered(let name, .secret):
            Self.entries("registered", ["name": .string(name), "secret": true])
        case .diff(let step, let text):
            Self.entries("diff", ["step": .string(step), "diff": text.map { .string($0) } ?? .null])
        case .forecast(let step, let forecast):
            Self.entries("forecast", ["step": .string(step), "forecast": forecast.json])
        case .handlerStarted(let handler): Self.entries("handlerStarted", ["handler": .string(handler)])
        case .handlerDone(let handler, let milliseconds):
            Self.entries("handlerDone", ["handler": .string(handler), "milliseconds": .int(milliseconds)])
        case .handlerWouldRun(let handler): Self.entries("handlerWouldRun", ["handler": .string(handler)])
        case .handlerFailed(let handler, let reason, let code):
            Self.entries(
                "handlerFailed",
                ["handler": .string(handler), "reason": .string(reason.rawValue), "code": .int(code)])
        case .ended(let counts): Self.entries("ended", counts.fields)
        case .stopped(let counts): Self.entries("stopped", counts.fields)
        }
    }

    private static func entries(_ event: String, _ more: KeyValuePairs<String, Node>) -> [Mapping.Entry] {
        [Mapping.Entry(key: "event", value: .string(event))]
            + more.map { Mapping.Entry(key: $0.key, value: $0.value) }
    }
}

extension Counts {
    fileprivate var fields: KeyValuePairs<String, Node> {
        [
            "ok": .int(ok), "changed": .int(changed), "wouldChange": .int(wouldChange),
            "skipped": .int(skipped), "failed": .int(failed),
        ]
    }
}

extension Forecast {
    /// The forecast for scripts; what is not known is null.
    package var json: Node {
        [
            "effect": effect.map { .string($0) } ?? .null, "seconds": seconds.map { .int($0) } ?? .null,
            "brings": .sequence(
                comings.map {
                    [
                        "name": .string($0.name), "bytes": $0.bytes.map { .int($0) } ?? .null,
                        "rough": .bool($0.isRough),
                    ]
                }),
        ]
    }
}
