internal import CLibSSH

/// A private key file.
struct IdentityFile {
    /// What reading the private half gave.
    enum Private: ~Copyable {
        /// The key.
        case key(KeyHandle)
        /// It is encrypted, and the passphrase is missing or wrong.
        case encrypted
        /// There is no such file, or it holds no key that libssh knows.
        case unreadable
    }

    /// The path.
    let path: String

    /// The private half.
    ///
    /// - Parameter passphrase: decrypts it; nil for a key that is not encrypted.
    /// - Returns: the key, or why there is none.
    func privateHalf(passphrase: String?) -> Private {
        var raw: ssh_key?
        var isAsked = false
        // libssh asks for a passphrase only where it needs one: that is how an encrypted key shows itself.
        let rc = withUnsafeMutablePointer(to: &isAsked) { isAsked in
            ssh_pki_import_privkey_file(
                path, passphrase,
                { _, _, _, _, _, isAsked in
                    isAsked?.assumingMemoryBound(to: Bool.self).pointee = true
                    return -1
                }, isAsked, &raw)
        }
        let key = KeyHandle(raw)
        guard rc != SSH_OK else { return .key(key) }
        return isAsked || passphrase != nil ? .encrypted : .unreadable
    }

    /// The public half, from the `.pub` file beside it or from the key file itself; it needs no passphrase.
    var publicHalf: KeyHandle? {
        for file in [path + ".pub", path] {
            var raw: ssh_key?
            if ssh_pki_import_pubkey_file(file, &raw) == SSH_OK { return KeyHandle(raw) }
        }
        return nil
    }

    /// The certificate of a file as a public key; nil where there is none.
    static func certificate(_ path: String) -> KeyHandle? {
        var raw: ssh_key?
        return ssh_pki_import_cert_file(path, &raw) == SSH_OK ? KeyHandle(raw) : nil
    }
}
