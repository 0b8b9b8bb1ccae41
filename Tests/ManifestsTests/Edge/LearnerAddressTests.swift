import Foundation
import Testing

/// Whom the platform takes learners for, and whether they can trust it: asked of the programs themselves.
///
/// Two learners ask. Were it the balancer for both, one limit of logins would hold for all.
@Suite(.serialized) struct LearnerAddressTests {
    @Test(arguments: ["none", "internal"])
    func atTheNodeTheLearnersAddressArrives(tls: String) async throws {
        try await expectAddresses(tls: tls, balancer: nil)
    }

    @Test(arguments: ["haproxy", "nginx"], ["none", "internal", "outside"])
    func throughABalancerTheLearnersAddressArrives(balancer: String, tls: String) async throws {
        try await expectAddresses(tls: tls, balancer: balancer)
    }

    @Test func browsersNeedTheRootOfAnInternalAuthority() async throws {
        try await LiveEdge.run(tls: "internal", balancer: nil) { edge in
            for host in ["learn.example.edu", "studio.learn.example.edu", "apps.learn.example.edu"] {
                let (code, output) = try await edge.asked(by: 11, host: host)
                #expect(code == 0, "\(host): \(output)")
                // 60: the certificate is of nobody that is known (curl(1), EXIT CODES)
                let stranger = try await edge.asked(by: 11, host: host, ["--cacert", "/dev/null"])
                #expect([60, 77].contains(stranger.code), "\(host): \(stranger)")
            }
        }
    }

    private func expectAddresses(tls: String, balancer: String?) async throws {
        try await LiveEdge.run(tls: tls, balancer: balancer) { edge in
            for source in [11, 12] {
                let plain = try await edge.asked(by: source)
                #expect(plain.output == edge.answer(to: source), "\(plain)")
                // What learners say of themselves does not count.
                let forged = try await edge.asked(by: source, ["-H", "X-Forwarded-For: 203.0.113.7"])
                #expect(forged.output == edge.answer(to: source), "\(forged)")
            }
        }
    }
}
