import Foundation
import Testing
import YAML

/// The command `doctor`, over three hosts in network namespaces of their own.
@Suite(.enabled("this takes root, and namespaces") { ThreeHosts.canBeMade })
struct DoctorTests {
    private func findings(_ node: Node) -> [String] {
        (node["pairFindings"]?.items ?? []).map { finding in
            let from = (finding["from"]?.items ?? []).compactMap(\.text).joined(separator: ",")
            return "\(from)->\(finding["to"]?.text ?? "") \(finding["message"]?.text ?? "")"
        }.sorted()
    }

    @Test(arguments: ["calico", "flannel"])
    func nothingIsFoundWhereNothingIsWrong(plugin: String) async throws {
        try await withTool { tool in
            let outcome = try await ThreeHosts.script("tool doctor --output json", tool, plugin: plugin)
            let node = try json(outcome.output)
            #expect(findings(node) == [])
            #expect(node["schema"]?.text == "mooc-cluster-doctor/1")
            let pairs = node["pairs"]?.items ?? []
            #expect(pairs.count == 6)
            for pair in pairs {
                #expect(pair["arrived"]?.text == pair["sent"]?.text)
                #expect(pair["arrivesWhole"]?.text == "true" && pair["packet"]?.text == "1500")
                #expect((pair["roundTripMicroseconds"]?.text.flatMap { Int($0) } ?? 0) > 0)
            }
            let errors = (node["hosts"]?.items ?? []).flatMap { $0["findings"]?.items ?? [] }
                .filter { $0["severity"]?.text == "error" }
            #expect(errors.map { $0["message"]?.text } == [])
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
    }

    @Test func aPlantedFaultIsFoundWithItsPairAndDirection() async throws {
        try await withTool { tool in
            let faults = """
                n2 iptables -A INPUT -p tcp --dport 10250 -j DROP
                n1 iptables -A INPUT -s 10.77.0.13 -p tcp --dport 6443 -j REJECT
                n3 iptables -A INPUT -s 10.77.0.11 -p icmp --icmp-type 8 -m statistic --mode nth --every 10 --packet 0 -j DROP
                n3 iptables -A INPUT -s 10.77.0.12 -p 4 -j DROP
                bridge ip link set out2 mtu 1400
                """
            let outcome = try await ThreeHosts.script("tool doctor --output json", tool, faults: faults)
            #expect(outcome.status == 1)
            let found = findings(try json(outcome.output))
            #expect(
                found == [
                    "n1,n3->n2 packets of 1500 bytes do not arrive; 1400 do pass",
                    "n1->n2 TCP 10250: no answer",
                    "n1->n3 10 of 100 packets are lost",
                    "n2->n1 packets of 1500 bytes do not arrive; 1400 do pass",
                    "n2->n3 IP protocol 4: no answer",
                    "n2->n3 packets of 1500 bytes do not arrive; 1400 do pass",
                    "n3->n1 TCP 6443: Connection refused",
                ])
        }
    }

    @Test func oneHostThatIsNotReachedDoesNotKeepItFromTheOthers() async throws {
        try await withTool { tool in
            let outcome = try await ThreeHosts.script(
                "tool doctor; echo $? >code; tool doctor --no-pairs --limit n2", tool, faults: "n3 true",
                more: "  - { name: gone, address: 10.77.0.1, role: worker }")
            #expect(outcome.status == 0, "\(outcome.errors)")
            let code = try String(contentsOfFile: tool.folder + "/code", encoding: .utf8)
            #expect(code == "69\n")
            let text = outcome.output
            #expect(text.hasPrefix("gone\n  error: ") && text.contains("cannot be reached"))
            #expect(text.contains(": 4 hosts, 6 ways between them: 1 error"))
            #expect(text.contains(": 1 host: "))
        }
    }

    @Test func nothingStaysBehindWhenTheToolIsKilled() async throws {
        try await withTool { tool in
            let outcome = try await ThreeHosts.script(
                """
                "$0" doctor & killed=$!
                # 10250 in hexadecimal, in the list of n2's sockets
                for _ in $(seq 600); do
                    ip netns exec n2 cat /proc/net/tcp | grep ':280A ' >seen && break
                    sleep 0.05
                done
                kill -KILL "$killed"
                for _ in $(seq 200); do pidof perl >/dev/null || exit 0; sleep 0.05; done
                exit 1
                """, tool)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let seen = try String(contentsOfFile: tool.folder + "/seen", encoding: .utf8)
            #expect(!seen.isEmpty)
        }
    }
}
