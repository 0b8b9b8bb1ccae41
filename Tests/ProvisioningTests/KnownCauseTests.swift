import Testing

@testable import Provisioning

struct KnownCauseTests {
    static let lines = KnownLines.ofHostsAndPackages + KnownLines.ofKubernetes

    @Test(arguments: lines)
    func aLineGivesItsCauseAway(_ name: String, _ line: String) throws {
        let found = try #require(KnownCause.find(in: ["before", line, "after"]))
        #expect(found.cause.name == name)
        #expect(found.evidence == line)
    }

    @Test func everyCauseHasALineAndANameOfItsOwn() {
        let names = KnownCause.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(names).subtracting(Self.lines.map(\.name)) == [], "no line shows these")
    }

    @Test(arguments: KnownCause.all.map(\.name))
    func signsAreInSmallLettersAndCommandsAreShell(_ name: String) throws {
        let known = try #require(KnownCause.all.first { $0.name == name })
        for sign in known.signs.joined() { #expect(sign == sign.lowercased()) }
        #expect(!known.cause.isEmpty && !known.cure.isEmpty)
        #expect(known.next(on: "n7").contains("type on n7: \(known.command); then run"))
    }

    @Test func commandsPassShellcheck() throws {
        let script = KnownCause.all.map { "{ \($0.command); }" }.joined(separator: "\n")
        try Shellcheck.expectClean("#!/bin/sh\n" + script + "\n")
    }

    @Test func whatExplainsMoreCountsMoreThanWhatFollowsFromIt() throws {
        let found = try #require(
            KnownCause.find(in: [
                "[ERROR Swap]: running with swap on is not supported. Please disable swap",
                "[kubelet-check] The kubelet is not healthy after 4m0.00134s",
                "error: timed out waiting for the condition",
            ]))
        #expect(found.cause.name == "swap-on")
    }

    @Test func theLatestOfTwoCounts() throws {
        let found = try #require(
            KnownCause.find(in: [
                "E: Unable to locate package kubeadm", "tar: x: Cannot write: No space left on device",
            ]))
        #expect(found.cause.name == "disk-full")
    }

    @Test(arguments: ["", "Setting up kubelet (1.36.2-1.1) ...", "n2 is Ready", "changed: swap is off now"])
    func whatIsSaidOnAGoodDayIsNoCause(_ line: String) {
        #expect(KnownCause.find(in: [line]) == nil)
    }
}
