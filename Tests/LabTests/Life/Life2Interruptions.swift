import Foundation
import Testing

extension ClusterLife {
    @Test("`up` killed while containerd is being installed leaves nodes that the next run can go on with")
    func killedInContainerd() async throws {
        try await interrupt(with: SIGKILL, in: "containerd's installation", within: .seconds(60)) {
            Processes.run(["apt-get", "install", "containerd"], on: Self.nodes)
        }
        .expect(code: 128 + SIGKILL)
    }

    @Test("Ctrl-C while packages are being installed: exit 130, and the state of each host is said")
    func interrupted() async throws {
        let up = try await interrupt(
            with: SIGINT, in: "the installation of kubelet", within: .seconds(120)
        ) {
            Processes.run(["apt-get", "install", "kubelet"], on: Self.nodes)
        }
        up.expect(code: 130)
        for node in Self.nodes { up.expect(line: node.name) }
        up.expect(line: "interrupted")
        // The step that ran was let end: the package manager is in order at once.
        for node in Self.nodes { try await node.packagesAreWhole().expect(code: 0) }
    }

    @Test("`up` killed inside of kubeadm init is mended by the next")
    func killedInInit() async throws {
        try await interrupt(with: SIGKILL, in: "kubeadm init", within: .seconds(120)) {
            Processes.run(["kubeadm", "init"], on: [Self.n1])
        }
        .expect(code: 128 + SIGKILL)
    }

    @Test("a worker loses its power inside of kubeadm join: the same `up` finds it again and joins it")
    func powerCutInJoin() async throws {
        try await prepare()
        let up = try site.start("up", "--yes", "--output", "json")
        do {
            try await up.reaches("kubeadm join on \(Self.n2)", within: .seconds(180)) {
                Processes.run(["kubeadm", "join"], on: [Self.n2])
            }
            try await Self.n2.verb("cut")
            try await Self.n2.verb("start")
            try await up.reaches("the end of join on \(Self.n2)", within: .seconds(180)) {
                up.output.split(separator: "\n").contains { line in
                    ["phaseEnded\"", "\"join\"", "\"\(Self.n2)\"", "\"done\""].allSatisfy(line.contains)
                }
            }
        } catch {
            up.signal(SIGKILL)
            throw error
        }
        up.signal(SIGKILL)
        try await up.end(within: .seconds(60)).expect(code: 128 + SIGKILL)
    }

    @Test("`up` killed while Open edX is being applied is mended by the next")
    func killedInApply() async throws {
        try await interrupt(with: SIGKILL, in: "the apply of Open edX", within: .seconds(240)) {
            let workloads = try? await state.kubectl.list("deployments,statefulsets", in: "openedx")
            return workloads?.isEmpty == false
        }
        .expect(code: 128 + SIGKILL)
    }

    /// Starts `up` and sends it a signal at a moment, which has to come while it runs.
    private func interrupt(
        with signal: Int32, in what: String, within limit: Duration,
        when isNow: @Sendable () async throws -> Bool
    ) async throws -> Outcome {
        try await prepare()
        return try await Self.canary.watch {
            let up = try site.start("up", "--yes")
            do { try await up.reaches(what, within: limit, isSo: isNow) } catch {
                up.signal(SIGKILL)
                throw error
            }
            up.signal(signal)
            return try await up.end(within: .seconds(120))
        }
    }
}
