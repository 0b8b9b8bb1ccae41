import Testing
import YAML

@testable import Provisioning
@testable import SSH

struct PulseTests {
    private static func error(_ kind: SSHError.Kind) -> SSHError { SSHError(host: "n4", kind: kind) }

    @Test func onlySilenceCountsAsDeath() {
        func isSilent(_ kind: SSHError.Kind) -> Bool { Pulse(Self.error(kind)) != .answers }
        #expect(isSilent(.timedOut(waitingFor: "a connection")))
        #expect(isSilent(.unreachable(reason: "no route to host")))
        #expect(!isSilent(.unreachable(reason: "connection refused", isRefusal: true)))
        #expect(!isSilent(.jumpFailed(reason: "no")))
        #expect(!isSilent(.hostKeyUnknown(type: "ssh-ed25519", fingerprint: "x")))
        #expect(!isSilent(.lost(reason: "reset")))
    }

    /// Whether a removal is let through, for every host, node and wish.
    @Test(
        arguments: [
            // answers, the cluster hears from it, said to be dead: is it let through
            (true, true, false, true), (true, false, false, true), (true, nil, false, true),
            (true, true, true, false), (true, false, true, false), (true, nil, true, false),
            (false, true, false, false), (false, false, false, false), (false, nil, false, false),
            (false, true, true, false), (false, false, true, true), (false, nil, true, true),
        ] as [(Bool, Bool?, Bool, Bool)])
    func aNodeThatLivesIsNeverTreatedAsDead(
        _ answers: Bool, _ isReady: Bool?, _ asDead: Bool, _ goes: Bool
    ) {
        let pulse = answers ? Pulse.answers : .silent("no answer")
        let objection = pulse.objection(toRemoving: "n4", asDead: asDead, isReady: isReady)
        #expect((objection == nil) == goes)
        #expect(objection.map { $0.severity == .error && $0.host == "n4" } ?? true)
    }
}
