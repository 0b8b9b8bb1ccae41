internal import CLibSSH
internal import Glibc

/// A pair of keys to log in with.
package enum KeyPair {
    /// Why no pair was made.
    package struct Failure: Error, CustomStringConvertible {
        /// What went wrong.
        package let description: String
    }

    /// Makes an Ed25519 pair without a passphrase: the private key at a path, and the public one beside it (`.pub`).
    ///
    /// - Throws: ``Failure``, where there is a file already too.
    package static func make(at path: String) throws(Failure) {
        for file in [path, path + ".pub"] {
            // libssh writes into what is there, so that nobody else can read it at any moment.
            let mode: mode_t = file == path ? 0o600 : 0o644
            let number = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
            guard number >= 0 else {
                throw Failure(description: "\(file): \(String(cString: strerror(errno)))")
            }
            close(number)
        }
        var raw: ssh_key?
        let isMade = ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &raw) == SSH_OK
        let key = KeyHandle(raw)
        guard isMade, ssh_pki_export_privkey_file(key.raw, nil, nil, nil, path) == SSH_OK,
            ssh_pki_export_pubkey_file(key.raw, path + ".pub") == SSH_OK
        else {
            for file in [path, path + ".pub"] { unlink(file) }
            throw Failure(description: "\(path): no key could be made")
        }
    }
}
