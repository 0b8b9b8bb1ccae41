import Foundation
import TestSupport
import Testing

@testable import SSH

extension SSHTests {
    @Suite struct KnownHostsTests {
        private static let key =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"

        @Test(arguments: [
            ("node", "node", true), ("\tnode", "node", true), ("NODE,other", "node", true),
            ("n*e", "node", true), ("?ode", "node", true), ("*,!node", "node", false),
            ("!n*,*", "node", false),
            ("*,![node]:22", "[node]:2222", true), ("*,![node]:*", "[node]:2222", false),
            ("other", "node", false), ("198.51.100.1", "198.51.100.11", false),
            ("198.51.100.11", "198.51.100.1", false), ("[node]:22", "node", true),
            ("[node]:*", "[node]:2222", true), ("[node]:2222", "node", false), ("#node", "node", false),
        ])
        func findsAHostByItsNames(_ names: String, _ name: String, _ isMeant: Bool) async throws {
            try await withScratchFolder { folder in
                let file = folder + "/known_hosts"
                try "# mine\n\nelse \(Self.key)\n\(names) \(Self.key)\n".write(
                    toFile: file, atomically: true, encoding: .utf8)
                let lines = KnownHosts(files: [file]).lines(about: name)
                #expect(lines.types(of: name) == (isMeant ? ["ssh-ed25519"] : []))
            }
        }
    }
}
