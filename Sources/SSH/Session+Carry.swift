internal import CLibSSH
internal import Glibc

extension Session {
    /// Carries connections from this host to others until the task is cancelled or the host is lost.
    ///
    /// - Parameter orders: the connections that are wanted, at the start and later.
    func carry(_ orders: JumpOrders) async {
        var failure = target.error(.cancelled(commandMayRun: false))
        do {
            try await interruptible { session throws(SSHError) in try session.pump(orders) }
        } catch {
            failure = error
        }
        for order in orders.close() {
            _ = Descriptor(order.socket)
            order.opened(.failure(failure))
        }
    }

    private func pump(_ orders: JumpOrders) throws(SSHError) {
        let poller = PollerHandle(ssh)
        var flows: [JumpFlow] = []
        var failure = target.error(.cancelled(commandMayRun: false))
        defer { for flow in flows { flow.fail(failure) } }
        liveness.begin()
        while true {
            // First this: what is raised after it ends the wait below.
            wake.clear()
            guard !Task.isCancelled else { return }
            for order in orders.take() { flows.append(JumpFlow(order, ssh)) }
            do throws(SSHError) {
                guard poller.take() else {
                    throw target.error(.lost(reason: ssh.failure("the host hung up")))
                }
                try stayAlive("what the hosts behind it say")
            } catch {
                failure = error
                throw error
            }
            flows.removeAll { !$0.advance(ssh, target) }
            wait(flows.compactMap(\.milliseconds).min() ?? -1, or: flows.map { $0.wanted(ssh) })
        }
    }
}
