import Playbook
import TestSupport
import Testing
import YAML

@testable import Provisioning

/// The shell of the playbooks around the common address, with programs that answer from files and write down what they are
/// told; paths of the host lie below a folder.
struct KubeVIPPlaybookTests {
    private func playbook(_ name: String) throws -> Playbook {
        let diagnostics = Diagnostics()
        let path = "playbooks/\(name).yml"
        return try #require(Playbook.read(try Sample.file(path), file: path, diagnostics: diagnostics))
    }

    private func step(_ name: String, of playbook: String) throws -> (check: String, apply: String) {
        let step = try #require(try self.playbook(playbook).steps.first { $0.name == name })
        guard case .shell(let work) = step.work, case .script(let check) = work.check else {
            throw NoControlPlane()
        }
        return (check, work.apply)
    }

    /// Runs a program where `ip` answers from the file `addresses`; everything else that it calls is given as functions.
    private func run(
        _ program: String, _ shell: FakeNode.Shell, addresses: [String] = [], functions: String = "",
        files: [String: String] = [:], _ look: (FakeNode) throws -> Void = { _ in }
    ) async throws -> String {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: shell)
            try node.write(addresses.map { $0 + "\n" }.joined(), to: "addresses")
            for (path, text) in files { try node.write(text, to: path) }
            let body = """
                ip() {
                    case "$*" in
                        *'addr show'*) cat '\(folder)/addresses' ;;
                        *) echo "ip $*" ;;
                    esac
                }
                \(functions)
                set -eu
                \(program)
                """.replacing("/etc/kubernetes/", with: "\(folder)/etc/kubernetes/")
                .replacing("/sys/class/net/", with: "\(folder)/net/")
            let output = Collected()
            let end = try await node.run(RemoteCommand("sh -s", input: Array(body.utf8))) {
                output.add($0.bytes)
            }
            #expect(end == .code(0), "\(output.text)")
            try look(node)
            return output.text
        }
    }

    /// Says how a check ends; in the condition of an `if` a shell would go on after a line that fails.
    private func passes(_ check: String) -> String {
        "set +e\n(set -eu\n\(check)\n)\ncase $? in 0) echo right ;; *) echo wrong ;; esac\nset -e"
    }

    private static let addresses = [
        "1: lo    inet 127.0.0.1/8 scope host lo",
        "2: eth0    inet 192.0.2.11/24 brd 192.0.2.255 scope global eth0",
    ]

    @Test(arguments: FakeNode.Shell.allCases)
    func resetTakesTheAddressOffItsLink(_ shell: FakeNode.Shell) async throws {
        let (check, apply) = try step("the control planes' common address is off this host", of: "reset")
        let files = ["etc/kubernetes/mooc-cluster/kube-vip.address": "192.0.2.1\n"]
        // 192.0.2.11 begins with the same letters, and is the host's own
        #expect(try await run(passes(check), shell, addresses: Self.addresses, files: files) == "right\n")
        let both = Self.addresses + ["2: eth0    inet 192.0.2.1/32 scope global eth0"]
        #expect(try await run(passes(check), shell, addresses: both, files: files) == "wrong\n")
        let told = try await run(apply, shell, addresses: [both[2]], files: files)
        #expect(told == "ip addr del 192.0.2.1/32 dev eth0\n")
    }

    @Test(arguments: ["reset", "kube-vip-leave"], FakeNode.Shell.allCases)
    func whoLeavesTakesThePodAwayAndWaits(_ name: String, _ shell: FakeNode.Shell) async throws {
        let found = try playbook(name).steps.first {
            $0.name.hasPrefix("the control planes' common address is handed over")
        }
        let (check, apply) = try step(found?.name ?? "kube-vip has ended", of: name)
        // it is there for two more looks
        let functions = """
            looks=0
            pgrep() { looks=$((looks + 1)); test "$looks" -le 2; }
            systemctl() { :; }
            sleep() { :; }
            """
        let files = ["etc/kubernetes/manifests/kube-vip.yaml": "x"]
        #expect(try await run(passes(check), shell, functions: functions, files: files) == "wrong\n")
        _ = try await run(apply + "\ntest \"$looks\" -eq 3\n", shell, functions: functions, files: files) {
            node in
            #expect(node.read("etc/kubernetes/manifests/kube-vip.yaml") == nil)
        }
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func theKubeletNeverReadsHalfAPod(_ shell: FakeNode.Shell) async throws {
        let (check, apply) = try step("the kubelet has the pod", of: "kube-vip")
        let files = ["etc/kubernetes/mooc-cluster/kube-vip.yaml": "kind: Pod\n"]
        let program = passes(check) + "\n(set -eu\n\(apply)\n)\n" + passes(check)
        let said = try await run(program, shell, files: files) { node in
            #expect(node.read("etc/kubernetes/manifests/kube-vip.yaml") == "kind: Pod\n")
        }
        #expect(said == "wrong\nright\n")
        #expect(apply.contains("/etc/kubernetes/manifests/.kube-vip.yaml"))
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func oneThatBeganBeforeItsCredentialsStartsAnew(_ shell: FakeNode.Shell) async throws {
        let (check, _) = try step("kube-vip runs by its pod", of: "kube-vip")
        let files = ["etc/kubernetes/manifests/kube-vip.yaml": "x", "etc/kubernetes/admin.conf": "x"]
        for (age, said) in [(0, "right\n"), (1000, "wrong\n")] {
            let functions = "pgrep() { echo 7; }\nps() { echo ' \(age)'; }"
            #expect(try await run(passes(check), shell, functions: functions, files: files) == said)
        }
        let none = "pgrep() { return 1; }\nps() { echo 0; }"
        #expect(try await run(passes(check), shell, functions: none, files: files) == "wrong\n")
    }

    /// What the probe says, with programs that are there or not.
    private func probe(
        _ shell: FakeNode.Shell, arping: Int?, neighbour: String = "", wanted: String = "192.0.2.10",
        addresses: [String] = addresses, route: String = "192.0.2.10 dev eth0 src 192.0.2.11 uid 0",
        files: [String: String] = [:]
    ) async throws -> String {
        let body = try #require(try playbook("kube-vip-probe").steps.first?.registration?.script)
        let functions = """
            KUBE_VIP='\(wanted)' KUBE_VIP_INTERFACE=
            ip() {
                case "$*" in
                    *'addr show'*) printf '%s\\n' '\(addresses.joined(separator: "' '"))' ;;
                    *'route get'*) echo '\(route)' ;;
                    'neigh show'*) echo '\(neighbour)' ;;
                esac
            }
            ping() { return 1; }
            arping() {
                case $1 in -V) \(arping == nil ? "return 127" : "echo arping from iputils") ;; *) return \(arping ?? 0) ;; esac
            }
            """
        var files = files
        files["net/eth0/mtu"] = "1500"
        // the function of `ip` above takes the place of the one that reads a file
        return try await run("(\(functions)\n\(body)\n)", shell, files: files)
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func theProbeTellsWhoAnswers(_ shell: FakeNode.Shell) async throws {
        #expect(try await probe(shell, arping: 0) == "")
        #expect(try await probe(shell, arping: 1) == "arping on eth0\n")
        // it could not ask, which says nothing
        #expect(try await probe(shell, arping: 2) == "")
        // as iproute2 shows a neighbour on one link
        let known = "192.0.2.10 lladdr 02:00:00:00:00:99 REACHABLE"
        #expect(
            try await probe(shell, arping: nil, neighbour: known) == "hardware address 02:00:00:00:00:99\n")
        #expect(try await probe(shell, arping: nil, neighbour: "192.0.2.10 FAILED") == "")
        // a worker is asked nothing, nor one that has it, one of a cluster that stands, or one beyond a router
        #expect(try await probe(shell, arping: 1, wanted: "") == "")
        let own = Self.addresses + ["2: eth0    inet 192.0.2.10/32 scope global eth0"]
        #expect(try await probe(shell, arping: 1, addresses: own) == "")
        let standing = ["etc/kubernetes/admin.conf": "x"]
        #expect(try await probe(shell, arping: 1, files: standing) == "")
        #expect(
            try await probe(shell, arping: 1, route: "192.0.2.10 via 198.51.100.1 dev eth0 src 198.51.100.2")
                == "")
    }

    @Test func theLabsStandInHasTheTagOfTheTable() throws {
        let conf = String(decoding: try Sample.file("Tests/Lab/images/kube-vip/image.conf"), as: UTF8.self)
        #expect(conf.contains("\nname \(try Sample.table().kubeVIP)\n"))
        #expect(conf.contains("Stand-in"))
    }
}
