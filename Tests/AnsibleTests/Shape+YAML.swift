extension Shape {
    static let yaml = [
        Shape(
            name: "yaml-plain",
            files: [
                "hosts.yml":
                    "all:\n  hosts:\n    a:\n    b:\n      ansible_host: 192.0.2.1\n      ansible_port: 2222\n"
            ]),
        Shape(
            name: "yaml-children",
            files: [
                "hosts.yaml": """
                all:
                  vars: { colour: all, shade: all, ansible_user: deploy }
                  children:
                    kube_control_plane:
                      hosts: { m1: { ansible_host: 192.0.2.1 } }
                      vars: { colour: planes }
                    kube_node:
                      hosts:
                        n[1:3]:
                          ansible_become: yes
                        n4: {}
                    cluster:
                      vars: { colour: cluster, size: cluster }
                      children:
                        kube_control_plane:
                        kube_node:
                """
            ]),
        Shape(
            name: "yaml-top-groups",
            files: ["hosts": "web:\n  hosts:\n    w1:\n    w2:\ndb:\n  hosts: d1\n  vars:\n    dark: off\n"]),
        Shape(
            name: "yaml-types",
            files: [
                "hosts.yml": """
                ungrouped:
                  hosts:
                    t1:
                      number: 12
                      text: "12"
                      truth: true
                      no_truth: no
                      none:
                      octal: 0755
                      float: 1.5
                      words: a b c
                      lines: |
                        one
                        two
                      last: on
                """
            ]),
        Shape(
            name: "yaml-twice",
            files: [
                "hosts.yml": """
                one:
                  hosts: { h: { ansible_user: first }, g: null }
                two:
                  children: { one: null }
                  hosts: { h: { ansible_host: 192.0.2.1 } }
                  vars: { ansible_user: group }
                """
            ]),
        Shape(
            name: "yaml-json",
            files: ["hosts.json": #"{"all": {"hosts": {"a": {"ansible_port": 22}, "b:2022": null}}}"#]),
        Shape(
            name: "yaml-anchors",
            files: [
                "hosts.yml": """
                all:
                  children:
                    x: { hosts: { a: &login { ansible_user: u, ansible_port: 22 } } }
                    y: { hosts: { b: *login } }
                """
            ]),
    ]

    static let files = [
        Shape(
            name: "files-group-vars",
            files: [
                "hosts":
                    "[web]\nw1 ansible_user=inline\nw2\n[db]\nd1\n[db:vars]\nansible_user=section\nport=1\n",
                "group_vars/all.yml": "ansible_user: everybody\nshade: all\nport: 3\n",
                "group_vars/web": "ansible_user: web\nport: 2\n",
                "group_vars/db/10-first.yml": "port: 10\nkind: first\n",
                "group_vars/db/20-second.yaml": "port: 20\n",
                "group_vars/db/.hidden.yml": "port: 30\n",
                "group_vars/db/notes.txt": "port: 40\n",
                "group_vars/db/deeper/30.json": #"{"deep": true}"#,
                "host_vars/w2.yml": "ansible_user: second\n",
                "host_vars/w2.json": #"{"ansible_user": "not read"}"#,
            ]),
        Shape(
            name: "files-folder",
            files: [
                "hosts/01-first": "[kube_node]\nn1 ansible_host=192.0.2.1\n",
                "hosts/02-second.yml":
                    "kube_control_plane:\n  hosts:\n    m1:\n      ansible_host: 192.0.2.2\n",
                "hosts/old.orig": "[nodes]\nn9\n",
                "hosts/more/third": "[kube_node]\nn2\n[kube_node:vars]\nansible_port=2222\n",
                "hosts/group_vars/kube_node.yml": "ansible_user: deploy\n",
            ]),
        Shape(
            name: "files-vault",
            files: [
                "hosts": "[kube_master]\nm1\n[workers]\nw[1:2]\n",
                "group_vars/all/plain.yml": "ansible_become_password: \"{{ vault_become }}\"\n",
                "group_vars/all/vault.yml": Vaults.file,
                "host_vars/w1.yml": "ansible_host: \(Vaults.address)\nansible_password: \(Vaults.password)\n",
            ], hasVault: true),
        Shape(
            name: "files-vault-inline",
            files: [
                "hosts.yml": "all:\n  hosts:\n    m1:\n      ansible_host: 192.0.2.1\n"
                    + "      ansible_become_password: \(Vaults.password)\n"
            ], hasVault: true),
        Shape(name: "files-all-is-vault", files: ["hosts": Vaults.hosts], hasVault: true),
    ]

    /// What Ansible refuses.
    static let refused = [
        Shape(name: "refused-child", files: ["hosts": "[a:children]\nb\n"]),
        Shape(name: "refused-vars", files: ["hosts": "a\n[b:vars]\nx=1\n"]),
        Shape(name: "refused-section", files: ["hosts": "[a:what]\nb\n"]),
        Shape(name: "refused-spaces", files: ["hosts": "[a b]\nc\n"]),
        Shape(name: "refused-quote", files: ["hosts": "a x='open\n"]),
        Shape(name: "refused-word", files: ["hosts": "a x\n"]),
        Shape(name: "refused-range", files: ["hosts": "a[01:5]\n"]),
        Shape(name: "refused-open-range", files: ["hosts.ini": "a[1:\n"]),
        Shape(name: "refused-port", files: ["hosts.ini": "a:\n"]),
        Shape(name: "refused-loop", files: ["hosts": "[a:children]\nb\n[b:children]\na\n"]),
        Shape(name: "refused-list", files: ["hosts.yml": "all:\n  hosts:\n    - a\n    - b\n"]),
        Shape(name: "refused-yaml", files: ["hosts.yml": "all:\n  hosts: {a\n"]),
    ]
}
