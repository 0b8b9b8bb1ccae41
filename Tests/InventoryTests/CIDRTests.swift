import Inventory
import Testing

@Suite("Addresses and networks")
struct CIDRTests {
    @Test(
        "what is no address",
        arguments: [
            "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.-4", "+1.2.3.4", "1.2.3.4 ",
            "a.b.c.d", "1..2.3", "１.2.3.4",
        ])
    func noAddress(text: String) {
        #expect(CIDR.address(of: text) == nil)
        #expect(CIDR(text + "/24") == nil)
    }

    @Test(
        "what is no network",
        arguments: [
            "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8/8", "/8",
            "10.0.0.0/+8", "10.0.0.0/255.0.0.0",
        ])
    func noNetwork(text: String) { #expect(CIDR(text) == nil) }

    @Test("known ones")
    func known() throws {
        let lan = try #require(CIDR("198.51.100.77/26"))
        #expect(CIDR.dotted(lan.network) == "198.51.100.64")
        #expect(CIDR.dotted(lan.mask) == "255.255.255.192")
        let all = try #require(CIDR("0.0.0.0/0"))
        #expect(all.mask == 0 && all.contains(.max) && all.overlaps(lan))
        let one = try #require(CIDR("198.51.100.77/32"))
        #expect(one.mask == .max && one.contains(one.address) && !one.contains(one.address + 1))
    }

    @Test("what holds of any two", arguments: 0..<500 as Range<UInt64>)
    func properties(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let one = try #require(
            CIDR(address: random.address(), prefix: Int.random(in: 0...32, using: &random)))
        let two = try #require(
            CIDR(address: random.address(), prefix: Int.random(in: 0...32, using: &random)))
        #expect(CIDR(one.description) == one)
        #expect(CIDR.address(of: CIDR.dotted(one.address)) == one.address)
        #expect(one.contains(one.address) && one.contains(one.network))
        #expect(one.contains(one.network | ~one.mask))
        #expect(one.network & ~one.mask == 0)
        #expect(one.overlaps(two) == two.overlaps(one))
        // Compared as ranges, which is another way to say the same.
        let ranges = [one, two].map { $0.network...($0.network | ~$0.mask) }
        #expect(one.overlaps(two) == ranges[0].overlaps(ranges[1]))
        #expect(one.contains(two.address) == ranges[0].contains(two.address))
        #expect(CIDR(address: one.address, prefix: 33) == nil)
    }
}

/// The generator of Steele, Lea and Flood (2014): small, and the same numbers for the same seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// An address near others half of the time, so that networks meet.
    mutating func address() -> UInt32 {
        let any = UInt32.random(in: 0 ... .max, using: &self)
        return Bool.random(using: &self) ? any : 10 << 24 | any & 0x3FF
    }
}
