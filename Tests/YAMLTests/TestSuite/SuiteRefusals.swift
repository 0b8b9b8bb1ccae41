/// What our subset refuses of the public YAML test suite, though it is YAML: a reason, and the cases.
struct SuiteRefusal {
    /// Why it is refused.
    let reason: String
    /// The cases, as the suite names them.
    let cases: Set<String>

    init(_ reason: String, _ cases: String) {
        self.reason = reason
        self.cases = Set(cases.split(separator: " ").map(String.init))
    }

    /// All of them.
    static let all = [
        SuiteRefusal(
            "tags ask a parser to make something other than what is written",
            """
            2AUY 2XXW 33X3 35KP 52DL 565N 57H4 5TYM 6CK3 6JWB 6WLZ 735Y 74H7 7FWL 8MK2 9KAX 9WXW BU8L C4HZ CC74 \
            CUP7 EHF6 F2C7 FH7J HMQ5 J7PZ L94M LE5A M5C3 P76L S4JQ U3C3 UGM3 UKK6/02 WZ62 Z67P Z9M4
            """),
        SuiteRefusal(
            "a list or a mapping as a key is nothing that JSON and Kubernetes know",
            "4FJ6 6BFJ 6PBE 9MMW KK5P LX3P M2N8/00 M2N8/01 M5DY Q9WF RZP5 SBG9 V9D5 X38W XW4D"),
        SuiteRefusal(
            "an empty key is a mistake",
            "2JQS 6M2F CFD4 DFF7 FRK4 NHX8 NKF9 PW8X S3PD SM9W/01 UKK6/00"),
        SuiteRefusal(
            "a tab looks like so many spaces as the editor says",
            "6BCT 6CA3 96NN/00 96NN/01 A2M4 DK95/00 DK95/03 DK95/04 Q5MG R4YG Y79Y/001 Y79Y/010"),
        SuiteRefusal("only '%YAML 1.1' and '1.2' are known", "2LFX 6LVF BEC7 MUS6/05 MUS6/06 W4TN"),
        SuiteRefusal("names of anchors have letters, digits, '-' and '_' only", "2SXE 8XYN W5VH Y2GN"),
        SuiteRefusal(
            "a text that starts with '?' or ':', or has a ':' before or behind its line's end, wants quotes in '['",
            """
            4ABK 4MUZ/00 4MUZ/01 4MUZ/02 58MP 5MUD 5T43 652Z 9SA2 DBG4 HM87/00 HM87/01 K3WX NJ66 UT92 VJP3/01
            """),
        SuiteRefusal(
            "a document without '---' may only be the first, and '...' alone is none", "7Z25 HWV9 M7A3 QT73"),
        SuiteRefusal("the lines of a block text are indented", "DK3J FP8R"),
    ]

    /// Why a case is refused; nil where it is to be taken.
    static func reason(for id: String) -> String? { all.first { $0.cases.contains(id) }?.reason }
}
