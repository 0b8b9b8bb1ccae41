import Inventory
import Testing
import YAML

@testable import Ansible

/// What becomes of an inventory of Ansible.
@Suite("Taking an inventory over") struct TakeoverTests {
    /// The inventory that is written, and what is said besides.
    private func taken(
        _ files: [String: String], places: Set<String> = [],
        passwords: [String: String] = ["default": "swordfish"]
    ) -> (text: String, hosts: [String: Node], said: [String], guesses: [String]) {
        let shape = Shape(name: "", files: files)
        let diagnostics = Diagnostics()
        let inventory = shape.read(diagnostics, passwords: passwords)
        let takeover = Takeover(
            of: inventory, vaults: [:], place: { files[$0] != nil || places.contains($0) ? $0 : nil },
            diagnostics: diagnostics)
        let text = takeover.starter.text
        let node = YAMLParser.document(text, file: "new", diagnostics: diagnostics)
        let hosts = (node?["hosts"]?.items ?? []).map { ($0["name"]?.text ?? "", $0) }
        return (text, Dictionary(hosts) { $1 }, diagnostics.sorted.map(\.description), takeover.guesses)
    }

    /// The settings that hold for a host.
    private func settings(
        _ name: String, _ taken: (text: String, hosts: [String: Node], said: [String], guesses: [String])
    ) -> [String: String] {
        let common =
            YAMLParser.document(taken.text, file: "new", diagnostics: Diagnostics())?["ssh"]?.entries ?? []
        let own = taken.hosts[name]?["ssh"]?.entries ?? []
        return Dictionary((common + own).map { ($0.key, $0.value.text ?? $0.value.json()) }) { $1 }
    }

    @Test("what most hosts have alike stands once, what others have stands at them")
    func common() {
        let taken = taken(
            [
                "hosts": """
                [masters]
                m1 ansible_host=192.0.2.1 ansible_user=root
                [workers]
                w[1:2].example.edu ansible_port=2222
                [all:vars]
                ansible_user=deploy
                ansible_ssh_private_key_file=~/.ssh/campus
                ansible_ssh_common_args='-o ProxyJump=gate@203.0.113.9:2022 -o StrictHostKeyChecking=no'
                """
            ], places: ["~/.ssh/campus"])
        #expect(taken.said == [])
        #expect(
            settings("m1", taken) == [
                "user": "root", "key": "~/.ssh/campus", "jump": "gate@203.0.113.9:2022",
                "hostKeys": "accept-new",
            ])
        #expect(settings("w2", taken)["user"] == "deploy")
        #expect(settings("w2", taken)["port"] == "2222")
        #expect(taken.hosts["w1"]?["address"]?.text == "w1.example.edu")
        #expect(taken.hosts["m1"]?["role"]?.text == "control-plane")
        #expect(taken.hosts["w1"]?["role"]?.text == "worker")
        #expect(taken.text.contains("\n  user: deploy\n"))
    }

    @Test(
        "a gate by ProxyCommand is a jump host",
        arguments: [
            ("ssh -W %h:%p -q gate@203.0.113.9", "gate@203.0.113.9"),
            ("ssh -p 2022 -l gate -W %h:%p 203.0.113.9", "gate@203.0.113.9:2022"),
            ("ssh gate@203.0.113.9 nc %h %p", "gate@203.0.113.9"),
        ])
    func gate(command: String, jump: String) {
        let taken = taken(["hosts": "a ansible_ssh_common_args='-o ProxyCommand=\"\(command)\"'\n"])
        #expect(taken.said == [])
        #expect(settings("a", taken)["jump"] == jump)
    }

    @Test("what cannot be taken over is said with its place")
    func left() {
        let taken = taken([
            "hosts": """
            m1 ansible_become_method=su
            w1 ansible_connection=winrm
            w2 ansible_host=2001:db8::1
            w3 ansible_ssh_common_args='-o ProxyCommand="corkscrew %h %p"'
            w4 ansible_ssh_private_key_file=gone ansible_shiny=1 role_of_playbook=2
            w5 ansible_host="{{ lookup('dns', 'w5') }}"
            """
        ])
        for words in [
            "hosts:1:1: warning: 'm1' would be worked on by sudo, not by 'su'",
            "hosts:2:1: warning: 'w1' is left out: it is not reached by SSH, but by 'winrm'",
            "hosts:3:1: warning: 'w2' is left out: '2001:db8::1'",
            "hosts:4:1: warning: 'ProxyCommand corkscrew %h %p' for ssh is left out",
            "hosts:5:1: warning: there is no key 'gone' here",
            "hosts:5:1: warning: 'ansible_shiny' has no counterpart",
            "hosts:6:1: warning: 'ansible_host' is left out",
            "left out, as variables of playbooks: role_of_playbook",
        ] {
            #expect(taken.said.contains { $0.contains(words) }, "\(words)")
        }
        #expect(Set(taken.hosts.keys) == ["m1", "w3", "w4", "w5"])
    }

    @Test("secrets of vaults stay where they are")
    func vaults() {
        let taken = taken([
            "hosts": "[kube_master]\nm1\n[workers]\nw[1:2] ansible_host=\"{{ net }}.{{ last }}\" last=9\n",
            "group_vars/all/plain.yml": "ansible_become_password: \"{{ vault_become }}\"\nnet: 192.0.2\n",
            "group_vars/all/vault.yml": Vaults.file,
            "host_vars/w1.yml": "ansible_host: \(Vaults.address)\nansible_password: \(Vaults.password)\n",
            "host_vars/w2.yml": "ansible_password: \"it's: plain\"\n",
        ])
        #expect(taken.hosts["w1"]?["address"]?.text == "192.0.2.40")
        #expect(taken.hosts["w2"]?["address"]?.text == "192.0.2.9")
        #expect(
            settings("m1", taken)["sudoPassword"]
                == #"{"vault":"group_vars/all/vault.yml","key":"vault_become"}"#)
        #expect(
            settings("w1", taken)["password"] == #"{"vault":"host_vars/w1.yml","key":"ansible_password"}"#)
        #expect(settings("w2", taken)["password"] == "it's: plain")
        #expect(settings("w2", taken)["user"] == "deploy")
        #expect(taken.text.contains("\nvaults:\n  default: prompt\n"))
        #expect(!taken.text.contains("hunter2-canary"))
        #expect(
            taken.said.contains {
                $0.contains("host_vars/w2.yml:1:19: warning: 'ansible_password' is written in plain")
            })
    }

    @Test("a secret that is encrypted in the inventory itself is written as it stands")
    func inlineVault() throws {
        let files = [
            "hosts.yml": "all:\n  hosts:\n    m1:\n      ansible_become_password: \(Vaults.password)\n"
        ]
        let taken = taken(files, passwords: [:])
        #expect(taken.said == [])
        #expect(try #require(settings("m1", taken)["sudoPassword"]).hasPrefix("$ANSIBLE_VAULT;1.1;AES256\n"))
    }

    @Test("without the password of a vault that is needed, nothing is taken over")
    func closed() {
        let diagnostics = Diagnostics()
        let shape = Shape(name: "", files: ["hosts": "a\n", "group_vars/all": Vaults.file])
        #expect(shape.read(diagnostics, passwords: [:]).closed == ["default"])
        #expect(
            diagnostics.sorted.map(\.description).first?.hasPrefix("group_vars/all:1:1: this is encrypted")
                == true)
    }

    @Test(
        "roles",
        arguments: [
            (
                "[kube_control_plane]\na\n[kube_node]\na\nb\n[bastion]\nc\n",
                ["a": "control-plane", "b": "worker"]
            ),
            ("[K8s-Masters]\na\n[other]\nb\n", ["a": "control-plane", "b": "worker"]),
            ("[workers]\na\nb\n[head]\nc\n", ["a": "worker", "b": "worker", "c": "control-plane"]),
            ("[server]\na\n[agent]\nb\n", ["a": "control-plane", "b": "worker"]),
            ("[servers]\na\nb\n", ["a": "control-plane", "b": "worker"]),
            ("x\ny\n", ["x": "control-plane", "y": "worker"]),
            ("[workers]\na\nb\n", ["a": "control-plane", "b": "worker"]),
            (
                "[site:children]\nmasters\nnodes\n[masters]\na\n[nodes]\nb\n",
                ["a": "control-plane", "b": "worker"]
            ),
        ])
    func roles(inventory: String, roles: [String: String]) {
        let taken = taken(["hosts": inventory])
        #expect(taken.hosts.mapValues { $0["role"]?.text ?? "" } == roles)
        #expect(!taken.guesses.isEmpty)
    }

    @Test("names become labels, each its own")
    func names() {
        let mended = taken(["hosts": "a.x.edu\nB_1.x.edu ansible_host=192.0.2.1\n"])
        #expect(Set(mended.hosts.keys) == ["a", "b-1"])
        #expect(Set(taken(["hosts": "a.x.edu\na.y.edu\n"]).hosts.keys) == ["a-x-edu", "a-y-edu"])
        #expect(Set(taken(["hosts": "192.0.2.[1:2]\n"]).hosts.keys) == ["node-192-0-2-1", "node-192-0-2-2"])
    }
}
