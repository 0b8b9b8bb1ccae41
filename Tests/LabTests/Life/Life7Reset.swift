import Testing

extension ClusterLife {
    /// What is written into the database before it goes.
    private static let word = "stillhere"

    @Test("`destroy` takes Open edX away and leaves its data")
    func destroy() async throws {
        try await requireProven()
        try await sql("DROP DATABASE IF EXISTS lab; CREATE DATABASE lab").require(code: 0)
        try await sql("CREATE TABLE lab.kept (word CHAR(9))").require(code: 0)
        try await sql("INSERT INTO lab.kept VALUES ('\(Self.word)')").require(code: 0)
        try await site.run("destroy", "--yes", within: .seconds(180)).require(code: 0)
        // Pods have a minute to end, and a kubelet of 1.20 may keep the object of one that has ended a minute longer.
        try await settle("no pod is left", within: .seconds(180)) {
            try await state.kubectl.list("pods", in: "openedx").map(\.name)
        }
    }

    @Test("`reset --no-restore` takes Kubernetes off all nodes")
    func reset() async throws {
        try await requireProven()
        let reset = try await site.run("reset", "--no-restore", "--yes", within: .seconds(240))
        try reset.require(code: 0)
        for node in Self.nodes {
            let left = try await node.read(
                """
                ls /etc/kubernetes/*.conf /etc/kubernetes/manifests/* /etc/cni/net.d/* 2>/dev/null || true
                pgrep -l 'kubelet|kube-apiserver|etcd' || true
                ip -o link show | grep -E 'cni0|flannel|cali' || true
                iptables-save 2>/dev/null | grep -E 'KUBE-|cali-' || true
                """)
            #expect(left.isEmpty, "\(node)")
        }
    }

    @Test("`up` after `reset` reaches a proven cluster again, with Ironwood's data and passwords of before")
    func upAfterReset() async throws {
        try await prepare()
        _ = try await upToTheEnd()
        try await state.expectProven(nodes: Self.nodes)
        try await sql("SELECT word FROM lab.kept").expect(line: Self.word)
    }
}
