import Synchronization
import TestSupport
import Testing

/// What an undisturbed run is like, for one login: what all others are compared with.
struct Undisturbed: Sendable {
    /// What the host has in the end.
    let listing: String
    /// The begins and ends of applies.
    let applies: String
    /// What it told; see ``Scene/story(_:)``.
    let story: [String]
    /// Its events.
    let lines: [String]
    /// How many bytes passed, both ways together.
    let bytes: Int
    /// How many of them had passed when the host was connected.
    let bytesAtConnected: Int
    /// How many of them had passed when its first program began.
    let bytesAtHello: Int
    /// How many bytes pass after a cut at ``resumeLine`` to the end.
    private(set) var bytesOfResuming = 0
    /// The event at which a connection is cut whose taking up is to be cut again: a step works.
    var resumeLine: Int { (lines.firstIndex { $0.contains("talk is being made") } ?? 0) + 1 }

    private static let known = Mutex<[Fault.Login: Task<Undisturbed, any Error>]>([:])

    /// The one of a login, which is measured once.
    static func run(_ login: Fault.Login) -> Task<Undisturbed, any Error> {
        known.withLock { known in
            if let task = known[login] { return task }
            let task = Task { try await Undisturbed(login) }
            known[login] = task
            return task
        }
    }

    private init(_ login: Fault.Login) async throws {
        var marks: [Int: Int] = [:]
        let seen = try await Scene.with(login) { scene in
            let ended = try await scene.play { _, count in
                for line in 0...count where marks[line] == nil { marks[line] = scene.relay.bytes }
            }
            try #require(ended.status == 0, "\(ended.errors)")
            return (
                try scene.listing(), scene.applies, scene.story(ended.lines), ended.lines, scene.relay.bytes
            )
        }
        (listing, applies, story, lines, bytes) = seen
        func mark(_ event: String) -> Int {
            marks[(seen.3.firstIndex { $0.contains("\"event\":\"\(event)\"") } ?? 0) + 1] ?? 0
        }
        bytesAtConnected = mark("connected")
        bytesAtHello = mark("hello")
        let place = resumeLine
        bytesOfResuming = try await Scene.with(login) { scene in
            var before: Int?
            let ended = try await scene.play { _, count in
                guard before == nil, count >= place else { return }
                before = scene.relay.bytes
                scene.relay.cut(afterBytes: 1)
            }
            try #require(ended.status == 0, "\(ended.errors)")
            return scene.relay.bytes - (before ?? 0)
        }
    }
}
