import Foundation
import SSH
import TestSupport
import Testing

extension SSHTests {
    @Suite struct CertificateTests {
        @Test(arguments: ["ed25519", "rsa", "ecdsa"])
        func showsTheCertificateBesideTheKey(type: String) async throws {
            try await with { sshd, authority in
                var settings = sshd.settings
                settings.identityFiles = [try certified(sshd, authority, type: type)]
                settings.identitiesOnly = true
                let session = try await Session.connect(settings)
                #expect(try await session.collect(SSHCommand("echo hi")).output == Array("hi\n".utf8))
            }
        }

        @Test func asksForThePassphraseOfACertifiedKey() async throws {
            try await with { sshd, authority in
                var settings = sshd.settings
                settings.identityFiles = [try certified(sshd, authority, passphrase: "open sesame")]
                settings.person.passphrases = Dialogue { _ in .text("open sesame") }
                _ = try await Session.connect(settings)
            }
        }

        @Test func findsTheConfigurationsCertificateForAKey() async throws {
            try await with { sshd, authority in
                let key = try certified(sshd, authority)
                let elsewhere = sshd.folder + "/elsewhere.pub"
                try FileManager.default.moveItem(atPath: key + "-cert.pub", toPath: elsewhere)
                let file = sshd.folder + "/config"
                try "CertificateFile \(elsewhere)\nIdentityFile \(key)\nIdentitiesOnly yes\n"
                    .write(toFile: file, atomically: true, encoding: .utf8)
                var settings = sshd.settings
                settings.configurationFiles = [file]
                _ = try await Session.connect(settings)
            }
        }

        @Test func letsTheAgentSignForACertificateInAFile() async throws {
            try await with { sshd, authority in
                let key = try certified(sshd, authority)
                let certificate = try String(contentsOfFile: key + "-cert.pub", encoding: .utf8)
                let socket = sshd.folder + "/agent"
                let agent = try Child(["ssh-agent", "-D", "-a", socket])
                defer { agent.stop() }
                try await poll { FileManager.default.fileExists(atPath: socket) }
                try FileManager.default.removeItem(atPath: key + "-cert.pub")
                try Child.run("env", "SSH_AUTH_SOCK=\(socket)", "ssh-add", "-q", key)
                try FileManager.default.removeItem(atPath: key)
                try certificate.write(toFile: key + "-cert.pub", atomically: true, encoding: .utf8)
                var settings = sshd.settings
                settings.agentSocket = socket
                settings.identityFiles = [key]
                settings.identitiesOnly = true
                _ = try await Session.connect(settings)
            }
        }

        @Test func namesACertificateThatIsRefused() async throws {
            try await with { sshd, _ in
                try Sshd.key(sshd.folder + "/stranger")
                let key = try certified(sshd, sshd.folder + "/stranger")
                var settings = sshd.settings
                settings.identityFiles = [key]
                settings.identitiesOnly = true
                let error = await failure(of: settings)
                guard case .authenticationRefused(let refusal) = error?.kind else { throw Unexpected(error) }
                #expect(refusal.offers == ["\(key) with \(key)-cert.pub", key])
            }
        }

        /// An sshd that takes nothing but certificates of an authority.
        private func with(_ body: (Sshd, String) async throws -> Void) async throws {
            try await Sshd.with(configuration: ["TrustedUserCAKeys %d/authority.pub"]) { sshd in
                try "".write(toFile: sshd.folder + "/authorized_keys", atomically: true, encoding: .utf8)
                try Sshd.key(sshd.folder + "/authority")
                try await body(sshd, sshd.folder + "/authority")
            }
        }

        private func certified(
            _ sshd: Sshd, _ authority: String, type: String = "ed25519", passphrase: String = ""
        ) throws -> String {
            let key = sshd.folder + "/certified"
            try Sshd.key(key, type: type, passphrase: passphrase)
            try Child.run(
                "ssh-keygen", "-q", "-s", authority, "-I", "test", "-n", NSUserName(), key + ".pub")
            return key
        }
    }
}
