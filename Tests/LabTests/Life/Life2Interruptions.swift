import Foundation
import Testing

extension ClusterLife {
    @Test("`up` killed while containerd is being installed leaves nodes that the next run can go on with")
    func killedInContainerd() async throws {
        try await kill("containerd's installation") {
            try await Processes.appears(
                "apt-get", "install", "containerd", on: Self.nodes, within: .seconds(60))
        }
    }

    @Test("Ctrl-C while packages are being installed: exit 130, and the state of each host is said")
    func interrupted() async throws {
        let outcome = try await Self.canary.watch {
            let up = try site.start("up", "--yes")
            try await Processes.appears(
                "apt-get", "install", "kubelet", on: Self.nodes, within: .seconds(120))
            up.signal(SIGINT)
            return try await up.end(within: .seconds(120))
        }
        outcome.expect(code: 130)
        for node in Self.nodes { outcome.expect(line: node.name) }
        outcome.expect(line: "interrupted")
        // The step that ran was let end: the package manager is in order at once.
        for node in Self.nodes { try await node.packagesAreWhole().expect(code: 0) }
    }

    @Test("`up` killed inside of kubeadm init")
    func killedInInit() async throws {
        try await kill("kubeadm init") {
            try await Processes.appears("kubeadm", "init", on: Self.nodes, within: .seconds(120))
        }
    }

    @Test("`up` killed while Open edX is being applied")
    func killedInApply() async throws {
        try await kill("the apply of Open edX") {
            try await eventually("a workload is there", within: .seconds(240)) { () -> Bool? in
                let workloads = try? await state.kubectl.list("deployments,statefulsets", in: "openedx")
                return workloads?.isEmpty == false ? true : nil
            }
        }
    }

    /// Starts `up` and kills it with SIGKILL at a moment.
    private func kill(_ what: String, when moment: @Sendable () async throws -> Void) async throws {
        let outcome = try await Self.canary.watch {
            let up = try site.start("up", "--yes")
            do { try await moment() } catch {
                let ended = try await stop(up)
                Issue.record("\(what) was not seen: \(error)\n\(ended)")
                throw error
            }
            return try await stop(up)
        }
        outcome.expect(code: 128 + SIGKILL)
    }

    private func stop(_ up: Running) async throws -> Outcome {
        up.signal(SIGKILL)
        return try await up.end(within: .seconds(10))
    }
}
