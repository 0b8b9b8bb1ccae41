import CLibSSH
import Glibc

@testable import SSH

/// A file of known hosts, whatever is in it, is read; a line with the key at its end makes the key known, or it is in
/// conflict with a line before.
enum KnownHostsFuzzing: Fuzzing {
    private static let base64 = "AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea"
    private static let file = ScratchFile()

    static func run(_ bytes: [UInt8]) {
        var raw: ssh_key?
        expect(ssh_pki_import_pubkey_base64(base64, SSH_KEYTYPE_ED25519, &raw) == SSH_OK, "the key is no key")
        let key = KeyHandle(raw)
        file.write(bytes)
        for name in ["host", "[host]:2222", "198.51.100.11"] {
            let known = KnownHosts(files: [file.path])
            let first = known.verdict(on: key, of: name)
            file.write(bytes + Array("\n\(name) ssh-ed25519 \(base64)\n".utf8))
            switch (first, known.verdict(on: key, of: name)) {
            case (.conflict, .conflict), (.conflict, .known), (.unknown, .known), (.known, .known): break
            case let (before, after): fatalError("with the key's own line, \(before) became \(after)")
            }
            file.write(bytes)
        }
    }
}
