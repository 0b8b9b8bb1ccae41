import Foundation
import TestSupport
import Testing

@testable import SSH

extension SSHTests {
    /// Hosts whose keys are known by the certificates of an authority.
    @Suite struct HostCertificateTests {
        @Test(arguments: ["ed25519", "rsa", "ecdsa"], ["ed25519", "rsa", "ecdsa"])
        func takesACertifiedKey(type: String, authorityType: String) async throws {
            try await with(type: type, authorityType: authorityType) { sshd, authority in
                let line = "@cert-authority 127.0.0.*,[127.0.0.*]:* \(authority)\n"
                try line.write(toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                var settings = sshd.settings
                settings.hostKeyPolicy = .strict
                let session = try await Session.connect(settings)
                #expect(try await session.collect(SSHCommand("echo hi")).output == Array("hi\n".utf8))
                #expect(try String(contentsOfFile: sshd.knownHosts, encoding: .utf8) == line)
            }
        }

        @Test func takesItOverAHostOnTheWay() async throws {
            try await Sshd.with { bastion in
                try await with { sshd, authority in
                    try "@cert-authority * \(authority)\n".write(
                        toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                    var settings = sshd.settings
                    settings.hostKeyPolicy = .strict
                    settings.jump = [bastion.settings]
                    _ = try await Session.connect(settings)
                }
            }
        }

        @Test func anotherKeyOnceKnownDoesNotStandInItsWay() async throws {
            try await with { sshd, authority in
                let name = "[127.0.0.1]:\(sshd.port)"
                let old = try String(contentsOfFile: sshd.folder + "/authority.pub", encoding: .utf8)
                try "\(name) \(old)@cert-authority \(name) \(authority)\n".write(
                    toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                var settings = sshd.settings
                settings.hostKeyPolicy = .strict
                _ = try await Session.connect(settings)
            }
        }

        @Test(arguments: [
            (["-h", "-n", "other.example"], "its certificate is for other.example"),
            (["-h"], "its certificate names no host"),
            (["-n", "127.0.0.1"], "its certificate is one of a user"),
            (
                ["-h", "-n", "127.0.0.1", "-V", "20200101:20200102"],
                "its certificate is not valid any more"
            ),
            (["-h", "-n", "127.0.0.1", "-V", "+520w:+521w"], "its certificate is not valid yet"),
            (
                ["-h", "-n", "127.0.0.1", "-O", "critical:hop@example.com=1"],
                "its certificate has options that nobody knows"
            ),
        ])
        func saysWhatIsWrongWithACertificate(options: [String], reason: String) async throws {
            // What sshd itself would not show cannot be tried over a connection.
            let blob = try await withScratchFolder { folder in
                try Sshd.key(folder + "/authority")
                try Sshd.key(folder + "/host_key")
                return try certificate(folder, options)
            }
            let shown = try #require(HostCertificate(blob))
            let authorities = [shown.authority]
            let flaw = shown.flaw(for: "127.0.0.1", now: presentMoment(), authorities: authorities)
            #expect(flaw == reason)
        }

        @Test func refusesAnotherAuthority() async throws {
            try await with { sshd, authority in
                try Sshd.key(sshd.folder + "/stranger")
                let stranger = try String(contentsOfFile: sshd.folder + "/stranger.pub", encoding: .utf8)
                try "@cert-authority * \(stranger)".write(
                    toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                #expect(await objection(to: sshd) == "another authority has signed its certificate")
                // With the right one beside it, the certificate counts; unless that one is revoked.
                let both = "@cert-authority * \(stranger)@cert-authority * \(authority)\n"
                try both.write(toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                _ = try await Session.connect(sshd.settings)
                try "\(both)@revoked * \(authority)\n".write(
                    toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                #expect(await objection(to: sshd) == "another authority has signed its certificate")
            }
        }

        @Test func refusesAKeyThatTheCertificateIsNotFor() async throws {
            try await with { sshd, authority in
                try "@cert-authority * \(authority)\n".write(
                    toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                let file = sshd.folder + "/config"
                try "HostKeyAlgorithms rsa-sha2-512\n".write(toFile: file, atomically: true, encoding: .utf8)
                var settings = sshd.settings
                settings.configurationFiles = [file]
                let error = await failure(of: settings)
                guard case .hostKeyNotCertified(let authority, "ssh-rsa", _) = error?.kind else {
                    throw Unexpected(error)
                }
                #expect(authority.reason == "its certificate is for another key than the one that it shows")
            }
        }

        @Test func refusesARevokedKeyInSpiteOfItsCertificate() async throws {
            try await with { sshd, authority in
                let lines = "@revoked * \(try sshd.hostKey)\n@cert-authority * \(authority)\n"
                try lines.write(toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                let error = await failure(of: sshd.settings)
                guard case .hostKeyChanged(let conflict) = error?.kind else { throw Unexpected(error) }
                #expect(conflict.isRevoked && conflict.line == 1)
            }
        }

        @Test(arguments: ["ed25519", "rsa", "ecdsa"])
        func noByteOfACertificateCanBeChanged(authorityType: String) async throws {
            let blob = try await withScratchFolder { folder in
                try Sshd.key(folder + "/authority", type: authorityType)
                try Sshd.key(folder + "/host_key")
                return try certificate(folder, ["-h", "-n", "host"])
            }
            let whole = try #require(HostCertificate(blob))
            func flaw(_ certificate: HostCertificate) -> String? {
                certificate.flaw(for: "host", now: presentMoment(), authorities: [whole.authority])
            }
            #expect(flaw(whole) == nil)
            for index in blob.indices {
                var other = blob
                other[index] ^= 1
                guard let changed = HostCertificate(other) else { continue }
                #expect(flaw(changed) != nil, "byte \(index)")
            }
        }

        /// An sshd with two keys, of which an authority has certified the second one for 127.0.0.1.
        private func with(
            type: String = "ed25519", authorityType: String = "ed25519",
            _ body: (Sshd, String) async throws -> Void
        ) async throws {
            try await Sshd.with(
                configuration: ["HostKey %d/other_key", "HostCertificate %d/host_key-cert.pub"],
                prepare: { folder in
                    try FileManager.default.removeItem(atPath: folder + "/host_key")
                    try Sshd.key(folder + "/host_key", type: type)
                    try Sshd.key(folder + "/other_key", type: type == "rsa" ? "ecdsa" : "rsa")
                    try Sshd.key(folder + "/authority", type: authorityType)
                    _ = try certificate(folder, ["-h", "-n", "127.0.0.1,other"])
                }
            ) { sshd in
                let key = try String(contentsOfFile: sshd.folder + "/authority.pub", encoding: .utf8)
                try await body(sshd, key.trimmingCharacters(in: .newlines))
            }
        }

        /// Certifies `host_key` by `authority`, and gives the certificate as it travels.
        private func certificate(_ folder: String, _ options: [String]) throws -> [UInt8] {
            let words = ["ssh-keygen", "-q", "-s", folder + "/authority", "-I", "test"] + options
            let status = try Child(words + [folder + "/host_key.pub"]).wait()
            try #require(status == 0)
            return try #require(Certificate(path: folder + "/host_key-cert.pub")).blob
        }

        /// What stands against a host's certificate.
        private func objection(to sshd: Sshd) async -> String? {
            guard case .hostKeyNotCertified(let authority, _, _) = await failure(of: sshd.settings)?.kind
            else {
                return nil
            }
            return authority.reason
        }
    }
}
