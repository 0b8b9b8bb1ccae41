import Foundation
import SSH
import Testing

extension SSHTests {
    @Suite(.enabled(if: Accounts.canBeMade)) struct PasswordTests {
        static let byPassword = ["UsePAM no", "PasswordAuthentication yes", "PubkeyAuthentication no"]
        static let byQuestions = [
            "UsePAM yes", "KbdInteractiveAuthentication yes", "PubkeyAuthentication no",
        ]

        @Test(arguments: [byPassword, byQuestions])
        func logsInByPassword(configuration: [String]) async throws {
            try await with(configuration) { _, settings in
                var settings = settings
                settings.password = { .text("open sesame") }
                let session = try await Session.connect(settings)
                #expect(try await session.collect(SSHCommand("echo hi")).output == Array("hi\n".utf8))
            }
        }

        @Test func offersAWrongPasswordOnce() async throws {
            try await with(Self.byQuestions + ["PasswordAuthentication yes"]) { sshd, settings in
                var settings = settings
                settings.password = { .text("wrong-canary") }
                let error = await failure(of: settings)
                guard case .authenticationRefused(let refusal) = error?.kind else { throw Unexpected(error) }
                #expect(refusal.offers.first == "the password")
                #expect(refusal.tried.contains("password"))
                #expect(error?.description.contains("canary") == false)
                let log = try String(contentsOfFile: sshd.folder + "/sshd.log", encoding: .utf8)
                #expect(log.components(separatedBy: "Failed password").count == 2)
                #expect(!log.contains("Failed keyboard-interactive"))
            }
        }

        @Test func saysWhatTheHostTakesAndWhichSettingGivesIt() async throws {
            try await with(Self.byPassword) { _, settings in
                let error = await failure(of: settings)
                guard case .authenticationRefused(let refusal) = error?.kind else { throw Unexpected(error) }
                #expect(refusal.accepted == ["password"])
                #expect(error?.cure.contains("ssh.password") == true)
                var settings = settings
                settings.password = { .missing("SECRET is not set") }
                #expect(await failure(of: settings)?.message.contains("SECRET is not set") == true)
            }
        }

        @Test(arguments: ["publickey,password", "publickey,keyboard-interactive"])
        func givesAKeyAndAPassword(methods: String) async throws {
            let all = ["UsePAM yes", "PasswordAuthentication yes", "KbdInteractiveAuthentication yes"]
            try await with(all + ["AuthenticationMethods \(methods)"]) { sshd, settings in
                var settings = settings
                settings.password = { .text("open sesame") }
                for _ in 1...2 {
                    let session = try await Session.connect(settings)
                    #expect(try await session.collect(SSHCommand("echo hi")).output == Array("hi\n".utf8))
                }
                settings.password = nil
                settings.run = SSHRun()
                let error = await failure(of: settings)
                guard case .authenticationRefused(let refusal) = error?.kind else { throw Unexpected(error) }
                #expect(refusal.wantsMore)
            }
        }

        @Test func asksAPersonWhatAHostWantsBesides() async throws {
            let methods = [
                "KbdInteractiveAuthentication yes", "AuthenticationMethods publickey,keyboard-interactive",
            ]
            try await with(["UsePAM yes"] + methods) { _, settings in
                var settings = settings
                let questions = Locked<[PromptQuestion]>([])
                settings.person.prompts = Dialogue { question in
                    questions.with { $0.append(question) }
                    return .text("open sesame")
                }
                for _ in 1...2 { _ = try await Session.connect(settings) }
                // A one-time code would not do twice.
                #expect(questions.with { $0.count } == 2)
                #expect(questions.with { $0.first?.text.contains("Password") } == true)
                settings.person.prompts = nil
                let error = await failure(of: settings)
                #expect(error?.message.contains("nobody is there to ask") == true)
            }
        }

        @Test func noHostOnTheWayGetsThePassword() async throws {
            try await with(Self.byPassword) { bastion, way in
                try await Sshd.with { sshd in
                    var settings = sshd.settings
                    let file = sshd.folder + "/config"
                    try "ProxyJump tester@127.0.0.1:\(bastion.port)\n"
                        .write(toFile: file, atomically: true, encoding: .utf8)
                    settings.configurationFiles = [file]
                    settings.password = { .text("open sesame") }
                    let error = await failure(of: settings)
                    guard case .authenticationRefused(let refusal) = error?.kind else {
                        throw Unexpected(error)
                    }
                    #expect(error?.host.hasSuffix(":\(bastion.port)") == true)
                    #expect(!refusal.tried.contains("password"))
                }
            }
        }

        private func with(
            _ configuration: [String], _ body: (Sshd, SSHSettings) async throws -> Void
        ) async throws {
            let all = configuration + ["PermitRootLogin yes"]
            try await Sshd.with(
                configuration: all,
                launcher: { try Accounts.command($0, password: "open sesame") },
                { sshd in
                    var settings = sshd.settings
                    settings.user = "tester"
                    try await body(sshd, settings)
                })
        }
    }
}
