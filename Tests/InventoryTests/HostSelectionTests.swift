import Inventory
import Testing

/// What `--limit` may say.
struct HostSelectionTests {
    private static func cluster() throws -> Cluster {
        let hosts = (1...12).map { number in
            "  - { name: n\(number), address: 192.0.2.\(number), role: \(number < 4 ? "control-plane" : "worker"),"
                + " labels: { disk: \(number < 7 ? "ssd" : "hdd"), rack: r0\(number % 3) } }\n"
        }
        let others =
            "  - { name: web-01, address: 192.0.2.101, role: worker }\n"
            + "  - { name: web-02, address: 192.0.2.102, role: worker }\n"
        let text = "cluster: many\nhosts:\n" + hosts.joined() + others
        return try #require(reading(text).cluster)
    }

    @Test(arguments: [
        ("n3", "n3"), ("n3,n1", "n1 n3"), (" n3 , n1 ,", "n1 n3"), ("control-plane", "n1 n2 n3"),
        ("n[2:4]", "n2 n3 n4"), ("n[10:20]", "n10 n11 n12"), ("web-[01:02]", "web-01 web-02"),
        ("web-0[1:1]", "web-01"), ("n1?", "n10 n11 n12"), ("n*,!n1?,!n[1:8]", "n9"), ("w*", "web-01 web-02"),
        ("*-*", "web-01 web-02"), ("worker,!disk=hdd", "n4 n5 n6 web-01 web-02"), ("!n*", "web-01 web-02"),
        ("disk=s*,!control-plane", "n4 n5 n6"), ("rack=r0[1:1]", "n1 n10 n4 n7"), ("!web-01,!n*", "web-02"),
        ("!web-01,web-*", "web-02"), ("*[1:2]*[1:2]", "n11 n12"),
        ("**************************1", "n1 n11 web-01"),
    ])
    func hostsAreNamed(_ text: String, _ names: String) throws {
        #expect(try HostSelection.names(text, in: Self.cluster()).sorted().joined(separator: " ") == names)
    }

    @Test(arguments: [
        ("n33", "n33", "did you mean 'n3'?"), ("worke", "worke", "did you mean 'worker'?"),
        ("n1,!n44", "n44", "did you mean 'n4'?"), ("disk=sdd", "disk=sdd", "did you mean 'disk=ssd'?"),
        ("x[1:3]", "x[1:3]", nil), ("n[3:1]", "n[3:1]", nil), ("[1:9][0:9][0:9][0:9][0:9]", nil, nil),
    ])
    func whatMatchesNothingIsRefused(_ text: String, _ word: String?, _ cure: String?) throws {
        let cluster = try Self.cluster()
        let failure = #expect(throws: HostSelection.Failure.self) {
            try HostSelection.names(text, in: cluster)
        }
        guard case .unknown(let told, let words) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(told == word ?? text)
        if let cure { #expect(words == cure) } else { #expect(!words.isEmpty) }
    }

    @Test(arguments: ["", ",", " , ", "n1,!n1", "!*"])
    func nobodyIsRefused(_ text: String) throws {
        let cluster = try Self.cluster()
        #expect(throws: HostSelection.Failure.empty) { try HostSelection.names(text, in: cluster) }
    }
}
