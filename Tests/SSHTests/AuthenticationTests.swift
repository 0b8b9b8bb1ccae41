import Foundation
import SSH
import TestSupport
import Testing

extension SSHTests {
    @Suite struct AuthenticationTests {
        @Test func tellsWhatWasOffered() async throws {
            try await Sshd.with { sshd in
                let wrong = sshd.folder + "/wrong"
                try Sshd.key(wrong)
                var settings = sshd.settings
                settings.identityFiles = [wrong, sshd.folder + "/missing", sshd.folder + "/sshd_config"]
                let error = await failure(of: settings)
                guard case .authenticationRefused(let refusal) = error?.kind else { throw Unexpected(error) }
                #expect(
                    refusal.offers == [
                        wrong, "not \(sshd.folder)/missing (cannot be read)",
                        "not \(sshd.folder)/sshd_config (no key in it)",
                    ])
                #expect(refusal.accepted == ["publickey"])
                #expect(refusal.tried == ["publickey"])
            }
        }

        @Test func asksWhatTheHostTakesWhenThereIsNothingToOffer() async throws {
            try await Sshd.with { sshd in
                try FileManager.default.removeItem(atPath: sshd.folder + "/home/.ssh/id_ed25519")
                let error = await failure(of: sshd.settings)
                guard case .authenticationRefused(let refusal) = error?.kind else { throw Unexpected(error) }
                #expect(refusal.offers.allSatisfy { $0.hasPrefix("not ") })
                #expect(refusal.accepted == ["publickey"])
            }
        }

        @Test func opensAnEncryptedKey() async throws {
            try await Sshd.with { sshd in
                let file = sshd.folder + "/locked"
                try Sshd.key(file, passphrase: "open sesame")
                try FileManager.default.copyReplacing(file + ".pub", sshd.folder + "/authorized_keys")
                var settings = sshd.settings
                settings.identityFiles = [file]
                let attempts = Locked<[Int]>([])
                settings.person.passphrases = Dialogue { question in
                    attempts.with { $0.append(question.attempt) }
                    return .text(question.attempt == 1 ? "wrong" : "open sesame")
                }
                _ = try await Session.connect(settings)
                #expect(attempts.with { $0 } == [1, 2])
                settings.person.passphrases = nil
                let error = await failure(of: settings)
                guard case .authenticationRefused(let refusal) = error?.kind else { throw Unexpected(error) }
                #expect(
                    refusal.offers == [
                        "not \(file) (it is encrypted, and nobody is there to ask for its passphrase)"
                    ])
            }
        }

        @Test func doesNotAskForAPassphraseInVain() async throws {
            try await Sshd.with { sshd in
                let file = sshd.folder + "/locked"
                try Sshd.key(file, passphrase: "secret")
                var settings = sshd.settings
                settings.identityFiles = [file]
                let asked = Locked(false)
                settings.person.passphrases = Dialogue { _ in
                    asked.with { $0 = true }
                    return .text("secret")
                }
                let error = await failure(of: settings)
                guard case .authenticationRefused(let refusal) = error?.kind else { throw Unexpected(error) }
                #expect(refusal.offers == [file])
                #expect(!asked.with { $0 })
            }
        }

        @Test func offersFirstWhatWorkedBefore() async throws {
            try await Sshd.with(configuration: ["LogLevel VERBOSE"]) { sshd in
                let wrong = sshd.folder + "/wrong"
                try Sshd.key(wrong)
                var settings = sshd.settings
                settings.identityFiles = [wrong, settings.homeFolder + "/.ssh/id_ed25519"]
                let refusals = {
                    try String(contentsOfFile: sshd.folder + "/sshd.log", encoding: .utf8)
                        .components(separatedBy: "Failed publickey").count - 1
                }
                for _ in 1...3 { _ = try await Session.connect(settings) }
                #expect(try refusals() == 1)
                settings.run = SSHRun()
                _ = try await Session.connect(settings)
                #expect(try refusals() == 2)
            }
        }

        @Test func saysThatTheHostHungUp() async throws {
            try await Sshd.with(configuration: ["MaxAuthTries 2"]) { sshd in
                var settings = sshd.settings
                settings.identityFiles = try (1...4).map { number in
                    let file = sshd.folder + "/wrong\(number)"
                    try Sshd.key(file)
                    return file
                }
                let error = await failure(of: settings)
                guard case .authenticationRefused(let refusal) = error?.kind else { throw Unexpected(error) }
                #expect(refusal.hadEnough)
                #expect(refusal.offers.count == 2)
            }
        }

        @Test func usesTheAgent() async throws {
            try await withAgent(keys: 3, authorized: 2) { settings in
                let session = try await Session.connect(settings)
                #expect(try await session.collect(SSHCommand("true")).end == .code(0))
            }
        }

        @Test func offersNoMoreAgentKeysThanTheHostBears() async throws {
            try await withAgent(keys: 7, authorized: 6) { settings in
                let error = await failure(of: settings)
                guard case .authenticationRefused(let refusal) = error?.kind else { throw Unexpected(error) }
                #expect(refusal.accepted == ["publickey"])
                #expect(refusal.offers.filter { $0.hasSuffix("of the agent") }.count == 5)
                #expect(
                    refusal.offers.filter { $0.hasSuffix("of the agent (the host would hang up)") }.count == 2
                )
            }
        }

        @Test func findsTheNamedKeyAmongSevenOfTheAgent() async throws {
            try await withAgent(keys: 7, authorized: 6) { settings in
                var settings = settings
                let file = settings.homeFolder + "/key6"
                // Only the public half is there: the private one is the agent's alone.
                try FileManager.default.removeItem(atPath: file)
                settings.identityFiles = [file]
                let session = try await Session.connect(settings)
                #expect(try await session.collect(SSHCommand("true")).end == .code(0))
            }
        }

        private func withAgent(
            keys: Int, authorized: Int, _ body: (SSHSettings) async throws -> Void
        ) async throws {
            try await Sshd.with { sshd in
                let socket = sshd.folder + "/agent"
                let agent = try Child(["ssh-agent", "-D", "-a", socket])
                defer { agent.stop() }
                try await poll { FileManager.default.fileExists(atPath: socket) }
                for number in 0..<keys {
                    let file = sshd.folder + "/home/key\(number)"
                    try Sshd.key(file)
                    try Child.run("env", "SSH_AUTH_SOCK=\(socket)", "ssh-add", "-q", file)
                }
                try FileManager.default.copyReplacing(
                    sshd.folder + "/home/key\(authorized).pub", sshd.folder + "/authorized_keys")
                var settings = sshd.settings
                settings.agentSocket = socket
                try await body(settings)
            }
        }
    }
}

extension FileManager {
    fileprivate func copyReplacing(_ from: String, _ to: String) throws {
        try removeItem(atPath: to)
        try copyItem(atPath: from, toPath: to)
    }
}
