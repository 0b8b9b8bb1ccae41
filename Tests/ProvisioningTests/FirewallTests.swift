import Foundation
import Playbook
import Testing
import YAML

@testable import Provisioning

/// How facts.yml reads the firewalls of a host, by what their programs say.
struct FirewallTests {
    /// What a firewall's programs say, and the line that is made of it.
    struct Case: Sendable, CustomTestStringConvertible {
        let line: String
        let programs: String
        var testDescription: String { line }
    }

    /// None of the programs is there, unless a case says otherwise.
    private static let nothing = """
        ufw() { return 127; }
        firewall-cmd() { return 127; }
        nft() { return 127; }
        iptables() { echo '-P INPUT ACCEPT'; echo '-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT'; }

        """

    static let cases = [
        Case(line: "", programs: ""),
        Case(line: "", programs: "ufw() { echo 'Status: inactive'; }"),
        Case(
            line: "ufw 22/tcp 6443,10250/tcp all",
            programs: """
                ufw() { cat <<'END'
                Status: active

                To                         Action      From
                --                         ------      ----
                22/tcp                     ALLOW       Anywhere
                6443,10250/tcp             ALLOW       192.0.2.0/24
                80/tcp                     DENY        Anywhere
                Anywhere                   ALLOW       192.0.2.12
                END
                }
                """),
        Case(
            line: "firewalld 6443/tcp 2379-2380/tcp",
            programs: """
                firewall-cmd() {
                    case $1 in
                        --state) echo running ;;
                        --list-ports) echo 6443/tcp 2379-2380/tcp ;;
                        --get-default-zone) echo public ;;
                    esac
                }
                """),
        Case(line: "firewalld all", programs: "firewall-cmd() { echo trusted; }"),
        Case(
            line: "nftables 22 6443 10250",
            programs: """
                nft() { cat <<'END'
                table inet filter {
                    chain input {
                        type filter hook input priority filter; policy drop;
                        tcp dport 22 accept
                        ip saddr 192.0.2.0/24 tcp dport { 6443, 10250 } counter packets 0 bytes 0 accept
                        tcp dport 25 drop
                    }
                }
                END
                }
                """),
        Case(
            line: "iptables 22 6443,10250",
            programs: """
                iptables() { cat <<'END'
                -P INPUT DROP
                -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
                -A INPUT -p tcp -m multiport --dports 6443,10250 -j ACCEPT
                -A INPUT -p tcp -m tcp --dport 25 -j REJECT
                END
                }
                """),
    ]

    /// bash alone takes functions with a hyphen in their names; other tests run the playbooks' shell in dash.
    @Test(arguments: cases)
    func isRead(_ wanted: Case) throws {
        let path = "playbooks/facts.yml"
        let playbook = Playbook.read(try Sample.file(path), file: path, diagnostics: Diagnostics())
        let step = try #require(playbook?.steps.first { $0.registration?.name == "FIREWALLS" })
        let script = try #require(step.registration?.script)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", Self.nothing + wanted.programs + "\nset -eu\n" + script]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let told = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let words = String(decoding: told, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        #expect(words.joined(separator: " ") == wanted.line)
    }
}
