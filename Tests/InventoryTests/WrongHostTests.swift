import Inventory
import Testing

@Suite("Wrong hosts")
struct WrongHostTests {
    private static let plane = "{ name: m, address: 198.51.100.11, role: control-plane }"

    @Test(
        "hosts",
        arguments: [
            Wrong(
                inventory(hosts: ["{ name: a, address: 198.51.100.11, role: worker }"]),
                "3:3: no host is a control plane; write 'role: control-plane' at one of them"),
            Wrong("cluster: c\n", "1:1: the inventory has no 'hosts'; add 'hosts: …'"),
            Wrong(
                "cluster: c\nhosts: []\n",
                "2:8: no host is a control plane; write 'role: control-plane' at one of them"),
            Wrong(
                inventory(hosts: [plane, "{ name: m, address: 198.51.100.12 }"]),
                "4:13: a second host has the name 'm', which the host at 3:13 has already; "
                    + "give each host its own"),
            Wrong(
                inventory(hosts: [plane, "{ name: a, address: 198.51.100.11 }"]),
                "4:25: a second host has the address '198.51.100.11', which the host at 3:25 "
                    + "has already; give each host its own"),
            Wrong(
                inventory(hosts: [plane, "{ name: a, address: a.example, privateAddress: 198.51.100.11 }"]),
                "4:52: host 'm' has the address 198.51.100.11 as well; give each host its own"),
            Wrong(
                inventory(hosts: [plane, "{ name: a, address: 198.51.100.300 }"]),
                "4:25: 'address' of host 'a' must be an IPv4 address or a host name, not '198.51.100.300'; "
                    + "four numbers from 0 to 255 with dots between make an address"),
            Wrong(
                inventory(hosts: [plane, "{ name: a, address: 198.51.100.12/24 }"]),
                "4:25: 'address' of host 'a' must be an IPv4 address or a host name, not '198.51.100.12/24'; "
                    + "write 198.51.100.12 without the prefix"),
            Wrong(
                inventory(hosts: [plane, "{ name: a, address: 'fd00::1' }"]),
                "4:25: 'address' of host 'a' must be an IPv4 address or a host name, not 'fd00::1'; "
                    + "write an IPv4 address; IPv6 is not supported"),
            Wrong(
                inventory(hosts: [plane, "{ name: a, address: a.example:22 }"]),
                "4:25: 'address' of host 'a' must be an IPv4 address or a host name, not 'a.example:22'; "
                    + "write the address alone; a port belongs under 'ssh:'"),
            Wrong(
                inventory(hosts: [plane, "{ name: Node_1, address: a.example }"]),
                "4:13: 'name' of host 2 must be a name of lower case letters, digits and '-', not 'Node_1'; "
                    + "write 'node-1'"),
            Wrong(
                inventory(hosts: [plane, "{ name: 12, address: a.example }"]),
                "4:13: 'name' of host 2 must be a text, not the number 12; quote it: \"12\""),
            Wrong(
                inventory(hosts: ["{ name: m, address: a.example, role: contol-plane }"]),
                "3:42: 'role' of host 'm' cannot be 'contol-plane'; did you mean 'control-plane'?"),
            Wrong(
                inventory(hosts: [plane, "{ adress: a.example }"]),
                "4:5: host 2 has no 'name'; add 'name: …'",
                "4:5: host 2 has no 'address'; add 'address: …'",
                "4:7: host 2 has no key 'adress'; did you mean 'address'?"),
            Wrong(
                inventory(hosts: [plane, "node1"]),
                "4:5: host 2 must be a mapping, not the text 'node1'; write 'key: value' lines below it"),
            Wrong(
                inventory(hosts: [
                    plane, "{ name: a, address: a.example, connection: local, ssh: { port: 70000 } }",
                ]),
                "4:60: host 'a' has 'connection: local' and 'ssh'; keep one of them",
                "4:68: 'port' of 'ssh' of host 'a' must lie between 1 and 65535, not be 70000"),
            Wrong(
                inventory(hosts: [
                    plane, "{ name: a, address: a.example, labels: { x: yes, '-': b, y: -a } }",
                ]),
                "4:49: 'labels.x' of host 'a' is yes without quotes, which YAML parsers read in different ways; "
                    + "write true, or \"yes\" for the text",
                "4:54: '-' of host 'a' cannot be a label; "
                    + "use letters, digits, '-', '_' and '.', perhaps with a domain and '/' before",
                "4:65: '-a' of host 'a' cannot be the value of a label; "
                    + "use at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends"),
            Wrong(
                inventory(hosts: [plane, "{ name: a, address: a.example, taints: [a=b:NoSchedul] }"]),
                "4:45: 'a=b:NoSchedul' of host 'a' is no taint; "
                    + "write key=value:Effect, where Effect is one of NoSchedule, PreferNoSchedule, NoExecute"
            ),
        ])
    func hosts(wrong: Wrong) {
        let reading = reading(wrong.text)
        #expect(reading.problems == wrong.problems)
        #expect(reading.cluster == nil)
    }

    @Test(
        "static addresses",
        arguments: [
            Wrong(
                "192.0.2.7",
                "'staticAddress' of host 'm' must be an address with its prefix length, not '192.0.2.7'; write something like 192.0.2.7/24"
            ),
            Wrong(
                "192.0.2.0/24",
                "'staticAddress' of host 'm' is the network of 192.0.2.0/24, not a host's address; take another address of it"
            ),
            Wrong(
                "192.0.2.255/24",
                "'staticAddress' of host 'm' is the broadcast address of 192.0.2.0/24, not a host's address; take another address of it"
            ),
            Wrong(
                "x",
                "'staticAddress' of host 'm' must be an address with its prefix length, not 'x'; write something like 198.51.100.11/24"
            ),
            Wrong(
                "10.96.0.7/24",
                "10.96.0.7/24 of host 'm' lies in the services' network 10.96.0.0/12; set 'serviceNetwork' of 'kubernetes' to 10.244.0.0/16, for example"
            ),
        ])
    func staticAddresses(wrong: Wrong) {
        let host = "{ name: m, address: a.example, role: control-plane, staticAddress: \(wrong.text) }"
        #expect(reading(inventory(hosts: [host])).problems == wrong.problems.map { "3:72: " + $0 })
    }

    @Test(
        "gateways",
        arguments: [
            Wrong(
                "192.0.3.1",
                "the gateway 192.0.3.1 of 'staticAddress' of host 'm' does not lie in 192.0.2.0/24; mend the gateway or the prefix length"
            ),
            Wrong(
                "192.0.2.7",
                "the gateway of 'staticAddress' of host 'm' is the host's own address; write the router's address"
            ),
        ])
    func gateways(wrong: Wrong) {
        let address = "{ gateway: \(wrong.text), address: 192.0.2.7/24 }"
        let host = "{ name: m, address: a.example, role: control-plane, staticAddress: \(address) }"
        #expect(reading(inventory(hosts: [host])).problems == wrong.problems.map { "3:83: " + $0 })
    }
}
