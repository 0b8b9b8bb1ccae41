import Foundation
import SSH
import TestSupport
import Testing

extension SSHTests {
    @Suite struct HostKeyTests {
        @Test func refusesAnUnknownKey() async throws {
            try await Sshd.with { sshd in
                var settings = sshd.settings
                settings.hostKeyPolicy = .strict
                let error = await failure(of: settings)
                guard case .hostKeyUnknown("ssh-ed25519", let print) = error?.kind else {
                    throw Unexpected(error)
                }
                #expect(print.hasPrefix("SHA256:"))
                #expect(!FileManager.default.fileExists(atPath: sshd.knownHosts))
            }
        }

        @Test func keepsAnAcceptedKey() async throws {
            try await Sshd.with { sshd in
                try FileManager.default.createDirectory(
                    atPath: sshd.folder + "/new", withIntermediateDirectories: true)
                var settings = sshd.settings
                let file = sshd.folder + "/new/ssh/known_hosts"
                settings.knownHostsFiles = [file]
                _ = try await Session.connect(settings)
                #expect(
                    try String(contentsOfFile: file, encoding: .utf8)
                        == "[127.0.0.1]:\(sshd.port) \(sshd.hostKey)\n")
                #expect(try mode(file) == 0o600)
                #expect(try mode(sshd.folder + "/new/ssh") == 0o700)
                settings.hostKeyPolicy = .strict
                _ = try await Session.connect(settings)
            }
        }

        @Test func appendsAfterALineWithoutItsEnd() async throws {
            try await Sshd.with { sshd in
                try "other \(sshd.hostKey)".write(toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                _ = try await Session.connect(sshd.settings)
                let lines = try String(contentsOfFile: sshd.knownHosts, encoding: .utf8).split(
                    separator: "\n")
                #expect(try lines == ["other \(sshd.hostKey)", "[127.0.0.1]:\(sshd.port) \(sshd.hostKey)"])
            }
        }

        @Test func readsLinesThatEndInCRLF() async throws {
            try await Sshd.with { sshd in
                try "# mine\r\n[127.0.0.1]:\(sshd.port) \(sshd.hostKey)\r\n".write(
                    toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                var settings = sshd.settings
                settings.hostKeyPolicy = .strict
                _ = try await Session.connect(settings)
            }
        }

        @Test func refusesAChangedKey() async throws {
            try await Sshd.with { sshd in
                try Sshd.key(sshd.folder + "/other")
                let other = try String(contentsOfFile: sshd.folder + "/other.pub", encoding: .utf8)
                let lines = "# mine\n[127.0.0.1]:\(sshd.port) \(other)"
                try lines.write(toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                let error = await failure(of: sshd.settings)
                guard case .hostKeyChanged(let conflict) = error?.kind else { throw Unexpected(error) }
                #expect(conflict.file == sshd.knownHosts)
                #expect(conflict.line == 2)
                #expect(conflict.known.hasPrefix("ssh-ed25519 SHA256:"))
                #expect(conflict.shown.hasPrefix("ssh-ed25519 SHA256:"))
                #expect(conflict.known != conflict.shown)
                #expect(error?.message.contains("\(sshd.knownHosts):2") == true)
                #expect(try String(contentsOfFile: sshd.knownHosts, encoding: .utf8) == lines)
            }
        }

        @Test func refusesARevokedKey() async throws {
            try await Sshd.with { sshd in
                let name = "[127.0.0.1]:\(sshd.port)"
                try "\(name) \(sshd.hostKey)\n@revoked * \(sshd.hostKey)\n"
                    .write(toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                let error = await failure(of: sshd.settings)
                guard case .hostKeyChanged(let conflict) = error?.kind else { throw Unexpected(error) }
                #expect(conflict.isRevoked)
                #expect(conflict.line == 2)
            }
        }

        @Test func refusesAnotherTypeThanTheKnown() async throws {
            try await Sshd.with { sshd in
                try Sshd.key(sshd.folder + "/other", type: "ecdsa")
                let other = try String(contentsOfFile: sshd.folder + "/other.pub", encoding: .utf8)
                try "[127.0.0.1]:\(sshd.port) \(other)".write(
                    toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                let error = await failure(of: sshd.settings)
                guard case .hostKeyChanged = error?.kind else { throw Unexpected(error) }
            }
        }

        @Test func asksForTheKindOfKeyThatIsKnown() async throws {
            try await Sshd.with(
                configuration: ["HostKey %d/ecdsa_key"],
                prepare: {
                    try Sshd.key($0 + "/ecdsa_key", type: "ecdsa")
                }
            ) { sshd in
                let ecdsa = try String(contentsOfFile: sshd.folder + "/ecdsa_key.pub", encoding: .utf8)
                let line = "[127.0.0.1]:\(sshd.port) \(ecdsa)"
                try line.write(toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                var settings = sshd.settings
                settings.hostKeyPolicy = .strict
                _ = try await Session.connect(settings)
                // In the global file, or in the second one, it counts as much.
                let other = sshd.folder + "/second"
                try FileManager.default.moveItem(atPath: sshd.knownHosts, toPath: other)
                settings.knownHostsFiles = [sshd.knownHosts, other]
                _ = try await Session.connect(settings)
            }
        }

        @Test func aPersonCanTakeTheAuthoritysPlace() async throws {
            try await Sshd.with { sshd in
                let lines = "# mine\n@cert-authority * \(try sshd.hostKey)\n"
                try lines.write(toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                for policy in [HostKeyPolicy.strict, .acceptNew, .ask] {
                    var settings = sshd.settings
                    settings.hostKeyPolicy = policy
                    let error = await failure(of: settings)
                    guard case .hostKeyNotCertified(let authority, "ssh-ed25519", _) = error?.kind else {
                        throw Unexpected(error)
                    }
                    #expect(authority.file == sshd.knownHosts && authority.line == 2)
                    #expect(authority.reason == "it shows no certificate")
                    #expect(error?.message.contains("\(sshd.knownHosts):2") == true)
                }
                var settings = sshd.settings
                settings.hostKeyPolicy = .ask
                settings.person.hostKeys = Dialogue { $0.authority?.line == 2 }
                _ = try await Session.connect(settings)
                // The host's own key is known now, and is enough.
                settings.hostKeyPolicy = .strict
                _ = try await Session.connect(settings)
            }
        }

        @Test func takesThePolicyFromTheConfiguration() async throws {
            try await Sshd.with { sshd in
                var settings = sshd.settings
                settings.hostKeyPolicy = nil
                let file = sshd.folder + "/config"
                settings.configurationFiles = [file]
                for word in ["yes", "ask"] {
                    try "StrictHostKeyChecking \(word)\n".write(
                        toFile: file, atomically: true, encoding: .utf8)
                    let error = await failure(of: settings)
                    guard case .hostKeyUnknown = error?.kind else { throw Unexpected(error) }
                }
                try "StrictHostKeyChecking no\n".write(toFile: file, atomically: true, encoding: .utf8)
                _ = try await Session.connect(settings)
                // A changed key is refused even so.
                try Sshd.key(sshd.folder + "/other")
                let other = try String(contentsOfFile: sshd.folder + "/other.pub", encoding: .utf8)
                try "[127.0.0.1]:\(sshd.port) \(other)".write(
                    toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                let error = await failure(of: settings)
                guard case .hostKeyChanged = error?.kind else { throw Unexpected(error) }
            }
        }

        @Test func readsHashedNamesAndSeveralKeys() async throws {
            try await Sshd.with { sshd in
                try Sshd.key(sshd.folder + "/other")
                let other = try String(contentsOfFile: sshd.folder + "/other.pub", encoding: .utf8)
                let name = "[127.0.0.1]:\(sshd.port)"
                try "\(name) \(other)\(name) \(sshd.hostKey)\n"
                    .write(toFile: sshd.knownHosts, atomically: true, encoding: .utf8)
                try Child.run("ssh-keygen", "-q", "-H", "-f", sshd.knownHosts)
                #expect(try !String(contentsOfFile: sshd.knownHosts, encoding: .utf8).contains("127.0.0.1"))
                var settings = sshd.settings
                settings.hostKeyPolicy = .strict
                _ = try await Session.connect(settings)
            }
        }

        @Test func asksOnceForManySessions() async throws {
            try await Sshd.with { sshd in
                let questions = Locked<[HostKeyQuestion]>([])
                var settings = sshd.settings
                settings.hostKeyPolicy = .ask
                settings.person.hostKeys = Dialogue { question in
                    questions.with { $0.append(question) }
                    return true
                }
                try await withThrowingTaskGroup(of: Void.self) { [settings] group in
                    for _ in 0..<5 { group.addTask { _ = try await Session.connect(settings) } }
                    try await group.waitForAll()
                }
                #expect(questions.with { $0.map(\.host) } == ["[127.0.0.1]:\(sshd.port)"])
                let lines = try String(contentsOfFile: sshd.knownHosts, encoding: .utf8).split(
                    separator: "\n")
                #expect(lines.count == 1)
            }
        }

        @Test func takesNoForAnAnswer() async throws {
            try await Sshd.with { sshd in
                var settings = sshd.settings
                settings.hostKeyPolicy = .ask
                settings.person.hostKeys = Dialogue { _ in false }
                let error = await failure(of: settings)
                guard case .hostKeyUnknown = error?.kind else { throw Unexpected(error) }
            }
        }

        private func mode(_ path: String) throws -> Int {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        }
    }
}
