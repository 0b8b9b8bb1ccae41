/// Holds back connections to an sshd that has enough of them that have not logged in yet.
///
/// A stock sshd begins to refuse at 10 (MaxStartups 10:30:100 of sshd_config(5)), and others may connect too.
actor HandshakeLimit {
    /// How many may be under way at once with one sshd.
    static let perHost = 8

    private struct Waiting {
        let number: Int
        let go: CheckedContinuation<Void, Never>
    }

    private var running: [String: Int] = [:]
    private var waiting: [String: [Waiting]] = [:]
    private var number = 0

    /// Does a handshake when its turn has come.
    ///
    /// A cancelled task does not wait for its turn.
    ///
    /// - Parameters:
    ///   - sshd: tells apart what is connected to.
    ///   - body: the handshake.
    /// - Returns: what the handshake gives.
    /// - Throws: what the handshake throws.
    nonisolated func holding<Value: Sendable>(
        _ sshd: String, _ body: () async throws(SSHError) -> Value
    ) async throws(SSHError) -> Value {
        await enter(sshd)
        let result: Result<Value, SSHError>
        do throws(SSHError) {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        await leave(sshd)
        return try result.get()
    }

    private func enter(_ sshd: String) async {
        if running[sshd, default: 0] < Self.perHost || Task.isCancelled {
            running[sshd, default: 0] += 1
            return
        }
        number += 1
        let own = number
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiting[sshd, default: []].append(Waiting(number: own, go: $0)) }
        } onCancel: {
            Task { await self.release(own, sshd) }
        }
    }

    /// Lets a cancelled one pass: it will find out by itself.
    private func release(_ number: Int, _ sshd: String) {
        guard let index = waiting[sshd]?.firstIndex(where: { $0.number == number }) else { return }
        running[sshd, default: 0] += 1
        waiting[sshd]?.remove(at: index).go.resume()
    }

    private func leave(_ sshd: String) {
        let others = running[sshd, default: 1] - 1
        running[sshd] = others > 0 ? others : nil
        guard others < Self.perHost, let next = waiting[sshd]?.first else { return }
        waiting[sshd]?.removeFirst()
        if waiting[sshd]?.isEmpty == true { waiting[sshd] = nil }
        running[sshd] = others + 1
        next.go.resume()
    }
}
