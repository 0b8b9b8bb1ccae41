import Testing

@testable import Playbook

@Suite struct EventDecoderTests {
    static let stream =
        "Welcome!\n\nno token yet\n\nmc-1 hello sh\n\nmc-1 start 0\npartial ü\n\n\nlast line without newline"
        + "\nmc-1 ok 0\n\nmc-1 value 0\na\n\nb\nmc-1 end-value 0\n\nmc-1 value 1\n\nmc-1 end-value 1\n\nmc-1 diff 2\n"
        + "+x\n\nmc-1 end-diff 2\nmc-12 not an event\n\nmc-1 end\nrest"

    static let items: [EventDecoder.Item] = [
        .line("Welcome!"), .line(""), .line("no token yet"), .event(["hello", "sh"]), .event(["start", "0"]),
        .line("partial ü"), .line(""), .line(""), .line("last line without newline"), .event(["ok", "0"]),
        .text(["value", "0"], "a\n\nb"), .text(["value", "1"], ""), .text(["diff", "2"], "+x"),
        .line("mc-12 not an event"), .event(["end"]), .line("rest"),
    ]

    @Test func everySplitOfAStreamGivesTheSame() {
        let bytes = Array(Self.stream.utf8)
        for first in 0...bytes.count {
            var decoder = EventDecoder(token: "mc-1")
            let items =
                decoder.feed(Array(bytes[..<first])) + decoder.feed(Array(bytes[first...])) + decoder.finish()
            #expect(items == Self.items, "split at \(first)")
        }
    }

    @Test func byteByByteGivesTheSame() {
        var decoder = EventDecoder(token: "mc-1")
        let items = Self.stream.utf8.flatMap { decoder.feed([$0]) } + decoder.finish()
        #expect(items == Self.items)
    }

    @Test(arguments: 0..<50)
    func randomSplitsGiveTheSame(seed: Int) {
        var generator = SplitMix(state: UInt64(seed))
        var decoder = EventDecoder(token: "mc-1")
        var rest = Array(Self.stream.utf8)[...]
        var items: [EventDecoder.Item] = []
        while !rest.isEmpty {
            let count = Int.random(in: 0...9, using: &generator)
            items += decoder.feed(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        #expect(items + decoder.finish() == Self.items)
    }

    @Test func noiseOfAnyKindIsNoEvent() {
        var generator = SplitMix(state: 7)
        for _ in 0..<200 {
            var decoder = EventDecoder(token: "mc-1")
            let noise = (0..<300).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let items = decoder.feed(noise) + decoder.finish()
            #expect(items.allSatisfy { if case .line = $0 { true } else { false } })
        }
    }

    @Test func longLinesAreCut() {
        var decoder = EventDecoder(token: "mc-1")
        let items =
            decoder.feed([UInt8](repeating: 120, count: 200_000)) + decoder.feed(Array("\nnext\n".utf8))
        #expect(items == [.line(String(repeating: "x", count: 65_536) + " …"), .line("next")])
    }
}

/// Random numbers that are the same each time (Steele, Lea and Flood's SplitMix64).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
