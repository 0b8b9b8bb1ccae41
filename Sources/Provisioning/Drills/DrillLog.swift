import Playbook
import Synchronization

/// All that was seen in a drill so far.
final class DrillLog: Sendable {
    /// What is known.
    struct State: Sendable {
        /// Everything, in order of arrival.
        var events: [DrillEvent] = []
        /// The ready addresses of each service now.
        var endpoints: [String: Set<String>] = [:]
        /// The nodes that are Ready now.
        var ready: Set<String> = []
        /// How many requests in a row each service has answered.
        var answered: [String: Int] = [:]
        /// Lines that are none of the program's own.
        var words: [String] = []
        /// Whether the program is to end.
        var isOver = false
        /// Whether the program has ended.
        var isClosed = false
        fileprivate var line: [UInt8] = []
    }

    private let token: String
    private let onEvent: @Sendable (DrillEvent) -> Void
    private let state = Mutex(State())

    /// Makes an empty one for lines that begin with a token.
    init(token: String, onEvent: @escaping @Sendable (DrillEvent) -> Void) {
        self.token = token
        self.onEvent = onEvent
    }

    /// What is known now.
    var now: State { state.withLock { $0 } }

    /// Ends the program with its next line.
    func end() { state.withLock { $0.isOver = true } }

    /// The program has ended.
    func close() { state.withLock { $0.isClosed = true } }

    /// What the program is to be told.
    func reply() -> [UInt8] { state.withLock { $0.isOver } ? Array("end\n".utf8) : [] }

    /// Takes what came.
    func take(_ piece: OutputPiece) {
        let news = state.withLock { state -> [DrillEvent] in
            var news: [DrillEvent] = []
            for byte in piece.bytes {
                guard byte == UInt8(ascii: "\n") else {
                    state.line.append(byte)
                    continue
                }
                if let event = take(String(decoding: state.line, as: UTF8.self), &state) {
                    news.append(event)
                }
                state.line = []
            }
            return news
        }
        for event in news { onEvent(event) }
    }

    private func take(_ line: String, _ state: inout State) -> DrillEvent? {
        guard line.hasPrefix(token + " "), let event = DrillEvent(line.dropFirst(token.count + 1)) else {
            if state.words.count < 20, !line.isEmpty { state.words.append(line) }
            return nil
        }
        state.events.append(event)
        switch event.kind {
        case .request(let service, _, nil): state.answered[service, default: 0] += 1
        case .request(let service, _, _): state.answered[service] = 0
        case .endpoints(let service, let addresses): state.endpoints[service] = addresses
        case .node(let name, true): state.ready.insert(name)
        case .node(let name, false): state.ready.remove(name)
        case .pod: break
        }
        return event
    }
}
