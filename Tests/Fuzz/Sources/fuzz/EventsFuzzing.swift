@testable import Playbook

/// A stream gives the same events and lines however it is cut; the input's first byte says how.
enum EventsFuzzing: Fuzzing {
    static func run(_ bytes: [UInt8]) {
        let stream = Array(bytes.dropFirst())
        var whole = EventDecoder(token: "mc-1")
        let items = whole.feed(stream) + whole.finish()
        var parts = EventDecoder(token: "mc-1")
        var rest = stream[...]
        var pieces: [EventDecoder.Item] = []
        var length = Int(bytes.first ?? 0)
        while !rest.isEmpty {
            length = (length &* 31 &+ 7) & 0x3F
            pieces += parts.feed(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        pieces += parts.finish()
        expect(pieces == items, "cut otherwise: \(pieces), in one piece: \(items)")
    }
}
