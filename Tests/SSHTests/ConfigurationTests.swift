import Foundation
import TestSupport
import Testing

@testable import SSH

extension SSHTests {
    @Suite struct ConfigurationTests {
        @Test func takesTheFirstWord() async throws {
            let target = try await target(
                """
                # mine
                Host *.example.edu !bad.example.edu
                    HostName real-%h
                    Port=2200
                    User "the user"
                    IdentityFile ~/.ssh/a_%r
                    IdentityFile = /keys/b
                Host other
                    User nobody
                Host *
                    Port 99
                    UserKnownHostsFile ~/known /also
                    Ciphers aes256-gcm@openssh.com
                    HostKeyAlias a_b
                    IdentitiesOnly yes
                """, host: "node.example.edu")
            #expect(target.hostName == "real-node.example.edu")
            #expect(target.port == 2200)
            #expect(target.user == "the user")
            #expect(target.identityFiles == ["/home/me/.ssh/a_the user", "/keys/b"])
            #expect(target.knownHostsFiles == ["/home/me/known", "/also"])
            #expect(target.knownHostsName == "a_b")
            #expect(target.algorithms == [Algorithm(kind: .ciphers, value: "aes256-gcm@openssh.com")])
            #expect(target.identitiesOnly)
        }

        @Test func settingsWinOverFiles() async throws {
            let target = try await target("Port 99\nUser nobody\nProxyJump hop\n", host: "node") {
                $0.port = 22
                $0.user = "root"
                $0.jump = []
            }
            #expect(target.port == 22)
            #expect(target.user == "root")
            #expect(target.jump.isEmpty)
        }

        @Test func understandsMatchAndInclude() async throws {
            try await withScratchFolder { folder in
                try "Port 2022\n".write(toFile: folder + "/part.conf", atomically: true, encoding: .utf8)
                let target = try await target(
                    """
                    Match host node exec "true"
                        User wrong
                    Match originalhost n*,x user me
                        Include \(folder)/*.conf
                    Match all
                        User right
                    """, host: "node")
                #expect(target.port == 2022)
                #expect(target.user == "right")
            }
        }

        @Test func readsJumpHosts() async throws {
            let target = try await target(
                "Host *\nProxyJump one,u@two:2222,ssh://[fe80::1]:23\n", host: "node")
            #expect(target.jump.map(\.host) == ["one", "two", "fe80::1"])
            #expect(target.jump.map(\.user) == [nil, "u", nil])
            #expect(target.jump.map(\.port) == [nil, 2222, 23])
            let bastion = try await self.target("Host *\nProxyJump bastion\n", host: "bastion")
            #expect(bastion.jump.isEmpty)
            let none = try await self.target("ProxyJump none\nProxyCommand nc %h %p\n", host: "node")
            #expect(none.jump.isEmpty && none.proxyCommand == nil)
        }

        @Test func connectsByTheConfigurationAlone() async throws {
            try await Sshd.with { bastion in
                try await Sshd.with { sshd in
                    let file = sshd.folder + "/config"
                    try """
                    Host a_node
                        HostName 127.0.0.1
                        Port \(sshd.port)
                        ProxyJump hop
                    Host hop
                        HostName 127.0.0.1
                        Port \(bastion.port)
                        IdentityFile \(bastion.folder)/home/.ssh/id_ed25519
                    """.write(toFile: file, atomically: true, encoding: .utf8)
                    var settings = sshd.settings
                    settings.host = "a_node"
                    settings.port = nil
                    settings.configurationFiles = [file]
                    let session = try await Session.connect(settings)
                    #expect(try await session.collect(SSHCommand("echo hi")).output == Array("hi\n".utf8))
                    let known = try String(contentsOfFile: sshd.knownHosts, encoding: .utf8)
                    #expect(known.split(separator: "\n").count == 2)
                }
            }
        }

        @Test func startsTheConfigurationsCommand() async throws {
            try await Sshd.with { sshd in
                let file = sshd.folder + "/config"
                try
                    "ProxyCommand exec bash -c \"exec 3<>/dev/tcp/127.0.0.1/%p; cat <&3 & cat >&3\"\nHostKeyAlias a_b\n"
                    .write(toFile: file, atomically: true, encoding: .utf8)
                var settings = sshd.settings
                settings.host = "anything"
                settings.configurationFiles = [file]
                let session = try await Session.connect(settings)
                #expect(try await session.collect(SSHCommand("echo hi")).output == Array("hi\n".utf8))
                #expect(try String(contentsOfFile: sshd.knownHosts, encoding: .utf8).hasPrefix("a_b "))
            }
        }

        private func target(
            _ text: String, host: String, change: (inout SSHSettings) -> Void = { _ in }
        ) async throws -> Target {
            try await withScratchFolder { folder in
                try text.write(toFile: folder + "/config", atomically: true, encoding: .utf8)
                var settings = SSHSettings(host: host, homeFolder: "/home/me", localUser: "me")
                settings.configurationFiles = [folder + "/config"]
                change(&settings)
                return try ClientConfiguration.target(for: settings)
            }
        }
    }
}
