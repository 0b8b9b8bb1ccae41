import Inventory
import Testing

@Suite("The starter")
struct StarterTests {
    /// The starter with its blanks filled in.
    private var filled: String {
        Cluster.starter
            .replacing("<login name>", with: "ubuntu").replacing(
                "<learn.example.edu>", with: "learn.example.edu"
            )
            .replacing("<address of master>", with: "198.51.100.11")
            .replacing("<address of node1>", with: "198.51.100.12")
            .replacing("<address of node2>", with: "198.51.100.13")
    }

    @Test("each blank is asked for, and nothing else")
    func blanks() {
        let reading = reading(Cluster.starter, in: ChoiceTests.surroundings())
        #expect(reading.problems.count == 5)
        #expect(reading.problems.allSatisfy { $0.contains("not '<") })
    }

    @Test("filled in, it is right")
    func right() {
        let reading = reading(filled, in: ChoiceTests.surroundings())
        #expect(reading.problems == [])
        #expect(reading.cluster?.hosts.count == 3)
        #expect(reading.cluster?.openedx?.edition == "verawood")
    }

    @Test("with every setting taken in, it is right as well")
    func settings() {
        let lines = filled.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let sign = line.firstIndex(of: "#"), line[..<sign].allSatisfy({ $0 == " " }) else {
                return line
            }
            let after = line[line.index(after: sign)...]
            return after.hasPrefix(" ") || after.isEmpty ? line : line[..<sign] + after
        }
        let reading = reading(lines.joined(separator: "\n"), in: ChoiceTests.surroundings())
        #expect(reading.problems == [])
        #expect(reading.cluster?.kubernetes.podNetwork?.description == "10.244.0.0/16")
        #expect(reading.cluster?.mirrors.noProxy == [".example.edu"])
    }

    @Test("it has no tab, no trailing space, and one line end at its end")
    func form() {
        #expect(!Cluster.starter.contains("\t") && !Cluster.starter.contains(" \n"))
        #expect(Cluster.starter.hasSuffix("\n") && !Cluster.starter.hasSuffix("\n\n"))
    }
}
