import Testing
import YAML

@Suite("What scalars mean")
struct ScalarTests {
    @Test(
        "the core schema of YAML 1.2",
        arguments: [
            ("", .null), ("~", .null), ("null", .null), ("NULL", .null), ("nUll", .string("nUll")),
            ("true", .bool(true)), ("False", .bool(false)), ("tRue", .string("tRue")),
            ("no", .string("no")), ("on", .string("on")),
            ("0", .int(0)), ("-12", .int(-12)), ("+3", .int(3)), ("0755", .int(755)), ("0o755", .int(493)),
            ("0x1F", .int(31)), ("0x-1", .string("0x-1")), ("0o8", .string("0o8")), ("-0x1", .string("-0x1")),
            ("9223372036854775807", .int(.max)), ("9223372036854775808", .float(9_223_372_036_854_775_808)),
            ("1.30", .float(1.3)), ("1.", .float(1)), (".5", .float(0.5)), ("-1e3", .float(-1000)),
            ("1.e+2", .float(100)),
            ("1e", .string("1e")), (".", .string(".")), ("-", .string("-")), ("1_000", .string("1_000")),
            ("+.inf", .float(.infinity)), ("-.INF", .float(-.infinity)), ("12:30:45", .string("12:30:45")),
            ("2026-11-21", .string("2026-11-21")), ("1.2.3", .string("1.2.3")), ("é", .string("é")),
        ] as [(String, Resolved)])
    func core(text: String, meaning: Resolved) {
        #expect(Scalar(text, style: .plain).resolved == meaning)
        #expect(Scalar(text, style: .singleQuoted).resolved == .string(text))
    }

    @Test("NaN is no number")
    func notANumber() {
        #expect(Scalar(".nan", style: .plain).resolved.double?.isNaN == true)
    }

    @Test(
        "what YAML 1.1 reads otherwise",
        arguments: [
            ("yes", .bool(true)), ("NO", .bool(false)), ("Off", .bool(false)), ("y", nil),
            ("0755", .int(493)), ("-010", .int(-8)), ("1_000", .int(1000)), ("0b11", .int(3)),
            ("0x_ff", .int(255)),
            ("1_0.5", .float(10.5)), ("12:30:45", .sexagesimal(45045)), ("1:30", .sexagesimal(90)),
            ("true", nil), ("755", nil), ("0", nil), ("07", nil), ("0.5", nil), ("1:2:99", nil), ("a:1", nil),
            ("10.0.0.1", nil), ("0o755", nil), ("-", nil), ("_1", nil), ("1:", nil),
            ("99999999999999999999:1", nil),
        ] as [(String, LegacyReading?)])
    func legacy(text: String, reading: LegacyReading?) {
        #expect(Scalar(text, style: .plain).legacy == reading)
        #expect(Scalar(text, style: .doubleQuoted).legacy == nil)
    }
}

@Suite("Meaning")
struct MeaningTests {
    @Test(
        "order, style and places do not count; kinds and values do",
        arguments: [
            ("{a: 1, b: [x]}", "b:\n- 'x'\na: 1.0\n", true), ("a: 1", "a: '1'", false),
            ("[1, 2]", "[2, 1]", false),
            ("{a: 1}", "{a: 1, b: null}", false), ("{a: 1}", "{b: 1}", false), ("~", "null", true),
            ("{}", "[]", false),
            (".nan", ".NaN", true), ("0x10", "16", true), ("yes", "\"yes\"", true), ("yes", "true", false),
        ])
    func means(left: String, right: String, same: Bool) throws {
        let (one, two) = (try good(left), try good(right))
        #expect(one.means(two) == same)
        #expect(two.means(one) == same)
    }
}
