extension Shape {
    static let ini = [
        Shape(name: "ini-plain", files: ["hosts": "a\nb\n192.0.2.7\n# none\n; none\n\n  c  \n"]),
        Shape(
            name: "ini-groups",
            files: [
                "hosts.ini": """
                lone ansible_host=192.0.2.9
                [kube-master]
                m1 ansible_host=192.0.2.1 ansible_user=root
                [kube-node]   # workers
                n1 ansible_host=192.0.2.2
                n2 ansible_host=192.0.2.3 ansible_port=2222
                m1
                """
            ]),
        Shape(
            name: "ini-ranges",
            files: [
                "hosts": """
                [web]
                web[01:10]
                web[1:9:4]-x
                db-[a:c]
                db-[A:C:2].example.edu:2022
                r[0:1]n[08:11]
                h[:2]
                x[5:5]
                node[3:1]
                """
            ]),
        Shape(
            name: "ini-children",
            files: [
                "hosts": """
                [top:children]
                later
                middle
                [middle:children]
                deep
                [later]
                l1
                [deep]
                d1 colour=own
                d2
                [top:vars]
                colour=top
                size=top
                [middle:vars]
                colour=middle
                size=middle
                [deep:vars]
                size=deep
                [all:vars]
                colour=all
                shade=all
                """
            ]),
        Shape(
            name: "ini-siblings",
            files: [
                "hosts": """
                [b]
                one
                [a]
                one
                [c]
                one
                two
                [a:vars]
                ansible_user=from-a
                first=a
                ansible_group_priority=10
                [b:vars]
                ansible_user=from-b
                first=b
                second=b
                [c:vars]
                first=c
                second=c
                """
            ]),
        Shape(
            name: "ini-quotes",
            files: [
                "hosts": #"""
                [all]
                q1 ansible_user="a user" ansible_ssh_common_args='-o ProxyCommand="ssh -W %h:%p gate"'
                q2 note="it's" ansible_password=a\ b key="tab\tkept" end='x#y'
                q3 ansible_user=root#comment more=lost
                q4 ansible_user=root # comment
                q5 "note=all quoted" empty= spaced=" a b "
                q6 two="'twice'" three='"twice"'
                """#
            ]),
        Shape(
            name: "ini-values",
            files: [
                "hosts": #"""
                [all]
                v1 a=1 b=0x10 c=007 d=True e=true f=None g=yes h=1_000 i=-5 j=0 k=1.5 l=0o17 m=00
                [all:vars]
                quoted="double"
                single='single'  # with a comment
                number=22 # with a comment
                words=a b # no comment
                bare = spaced out =  text
                escaped="a\tb\"c"
                open="not closed
                mixed="a" b
                empty=
                semicolon=a ; b
                path=/srv/a#b
                """#
            ]),
        Shape(
            name: "ini-ports",
            files: [
                "hosts": """
                [all]
                p1:2222
                p1:3333
                192.0.2.4:22
                [2001:db8::4]:2022
                2001:db8::5
                under_score
                dashed-:22
                p2:2222 ansible_port=99
                """
            ]),
        Shape(
            name: "ini-twice",
            files: [
                "hosts": """
                [one]
                h ansible_user=first ansible_host=192.0.2.1
                [two]
                h ansible_user=second
                g
                [one]
                g ansible_port=1022
                """
            ]),
        Shape(
            name: "ini-localhost",
            files: [
                "hosts": """
                localhost ansible_connection=local
                [nodes]
                n1 ansible_ssh_host=192.0.2.1 ansible_ssh_user=old ansible_ssh_port=222
                """
            ]),
        Shape(name: "ini-windows", files: ["hosts": "[a]\r\nh1 ansible_user=u\r\nh2\r\n[a:vars]\r\nx=1\r\n"]),
        Shape(
            name: "ini-cluster",
            files: [
                "hosts.ini": """
                [all]
                node1 ansible_host=198.51.100.11 ip=10.3.0.1 etcd_member_name=etcd1
                node2 ansible_host=198.51.100.12 ip=10.3.0.2
                node3 ansible_host=198.51.100.13 ip=10.3.0.3 node_labels="{'disk': 'ssd'}"

                [kube_control_plane]
                node1

                [etcd:children]
                kube_control_plane

                [kube_node]
                node2
                node3

                [k8s_cluster:children]
                kube_control_plane
                kube_node

                [k8s_cluster:vars]
                ansible_user=debian
                """
            ]),
    ]
}
