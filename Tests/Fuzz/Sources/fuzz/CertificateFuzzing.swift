@testable import SSH

/// What a host shows as its certificate, or says of its key exchange, is taken apart, whatever it is; and no
/// certificate counts that names no host, or that no authority is trusted for.
enum CertificateFuzzing: Fuzzing {
    static func run(_ bytes: [UInt8]) {
        _ = try? KeyExchange.request(answering: bytes)
        guard let certificate = HostCertificate(bytes) else { return }
        let flaw = certificate.flaw(for: "host", now: 1_800_000_000, authorities: [certificate.authority])
        expect(flaw != nil || !certificate.principals.isEmpty, "it names no host, and counts")
        expect(
            certificate.flaw(for: "host", now: 1_800_000_000, authorities: []) != nil,
            "without an authority it counts")
    }
}
