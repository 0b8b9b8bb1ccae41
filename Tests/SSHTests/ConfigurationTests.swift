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

        @Test(arguments: [
            ("aes128-ctr,x", "aes128-ctr,x"),
            (
                "+aes256-cbc",
                "chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr,aes256-cbc"
            ),
            (
                "^aes128-ctr",
                "aes128-ctr,chacha20-poly1305@openssh.com,aes256-gcm@openssh.com,aes128-gcm@openssh.com,aes256-ctr,aes192-ctr"
            ),
            ("-aes*-ctr,chacha*", "aes256-gcm@openssh.com,aes128-gcm@openssh.com"),
        ])
        func changesTheListOfAlgorithms(value: String, names: String) {
            #expect(Algorithm(kind: .ciphers, value: value).names == names)
        }

        @Test func connectsWithAChangedList() async throws {
            try await Sshd.with { sshd in
                let file = sshd.folder + "/config"
                let kinds = [
                    "Ciphers", "MACs", "KexAlgorithms", "HostKeyAlgorithms", "PubkeyAcceptedAlgorithms",
                ]
                for value in ["+no-such", "-no-such"] {
                    try kinds.map { "\($0) \(value)\n" }.joined()
                        .write(toFile: file, atomically: true, encoding: .utf8)
                    var settings = sshd.settings
                    settings.configurationFiles = [file]
                    _ = try await Session.connect(settings)
                }
            }
        }

        @Test func readsTimesPolicyAndCertificates() async throws {
            let target = try await target(
                """
                ConnectTimeout 1m30s
                ServerAliveInterval 20
                ServerAliveCountMax 2
                StrictHostKeyChecking accept-new
                CertificateFile ~/a-cert.pub
                Match all
                    CertificateFile /b-cert.pub
                    ConnectTimeout 5
                """, host: "node")
            #expect(target.timeoutSeconds == 90)
            #expect(target.silenceLimitSeconds == 40)
            #expect(target.hostKeyPolicy == .acceptNew)
            #expect(target.certificateFiles == ["/home/me/a-cert.pub", "/b-cert.pub"])
            let bare = try await self.target("ServerAliveInterval 0\n", host: "node")
            #expect(bare.silenceLimitSeconds == 30 && bare.timeoutSeconds == 10)
            #expect(bare.hostKeyPolicy == .ask)
        }

        @Test func saysWhatItDoesNotRead() async throws {
            let notices = Locked<[String]>([])
            let target = try await target(
                """
                Match host other exec "true"
                    User wrong
                Match host node exec "true"
                    User wrong
                Match !user nobody
                    Port 2022
                """, host: "node"
            ) {
                $0.onNotice = { notice in notices.with { $0.append(notice) } }
            }
            #expect(target.user == "me" && target.port == 2022)
            #expect(notices.with { $0.count } == 1)
            #expect(
                notices.with {
                    $0.first?.hasSuffix("config:3: 'Match exec' is not read here; its block does not count")
                } == true)
        }

        @Test func includesBesideTheFirstFile() async throws {
            try await withScratchFolder { folder in
                try FileManager.default.createDirectory(
                    atPath: folder + "/conf.d", withIntermediateDirectories: true)
                for (name, text) in [
                    ("config", "Include conf.d/*.conf\nPort 1\n"),
                    ("conf.d/a.conf", "Host node\nInclude deep\n"),
                    ("deep", "Port 2022\n"), ("conf.d/b", "Port 3\n"),
                ] {
                    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
                }
                var settings = SSHSettings(
                    host: "node", homeFolder: "/home/me", localUser: "me", now: presentMoment)
                settings.configurationFiles = [folder + "/config"]
                #expect(try ClientConfiguration.target(for: settings).port == 2022)
                settings.host = "other"
                #expect(try ClientConfiguration.target(for: settings).port == 1)
            }
        }

        /// Files in memory, and how often one was read.
        private func reading(_ files: [String: String]) -> (error: SSHError?, port: UInt16?, reads: Int) {
            var reads = 0
            var settings = SSHSettings(
                host: "node", homeFolder: "/home/me", localUser: "me", now: presentMoment)
            settings.configurationFiles = ["/c/0"]
            let source = ConfigurationSource(
                read: { path in
                    reads += 1
                    return files[path]
                }, matching: { [$0] })
            do throws(SSHError) {
                return (nil, try ClientConfiguration.target(for: settings, source: source).port, reads)
            } catch {
                return (error, nil, reads)
            }
        }

        /// A chain of files, each of which includes the next one so many times; the last one says a port.
        private func chain(_ length: Int, times: Int) -> [String: String] {
            var files = ["/c/\(length)": "Port 2022\n"]
            for number in 0..<length {
                files["/c/\(number)"] = String(repeating: "Include \(number + 1)\n", count: times)
            }
            return files
        }

        @Test(arguments: [
            (["/c/0": "Include 0\nInclude 0\n"], "/c/0:1: this Include leads back to /c/0", 1),
            (
                ["/c/0": "# mine\nInclude 1 2\n", "/c/1": "User a\n", "/c/2": "Include 1\nInclude 0\n"],
                "/c/2:2: this Include leads back to /c/0", 4
            ),
        ])
        func refusesACircle(_ files: [String: String], _ fault: String, _ reads: Int) {
            let result = reading(files)
            #expect(result.error?.kind == .protocolFailure(reason: fault))
            #expect(result.reads == reads)
        }

        @Test func includesAreAsDeepAsInOpenSSH() {
            #expect(reading(chain(16, times: 1)).port == 2022)
            #expect(
                reading(chain(17, times: 1)).error?.kind
                    == .protocolFailure(reason: "/c/16:1: files include each other more than 16 deep"))
        }

        @Test func fewFilesAreReadAFewTimes() {
            #expect(reading(chain(8, times: 2)).port == 2022)
            let result = reading(chain(16, times: 2))
            #expect(result.error?.message.hasSuffix("more than 1000 files are included") == true)
            #expect(result.reads == 1000)
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
                var settings = SSHSettings(
                    host: host, homeFolder: "/home/me", localUser: "me", now: presentMoment)
                settings.configurationFiles = [folder + "/config"]
                change(&settings)
                return try ClientConfiguration.target(for: settings)
            }
        }
    }
}
