internal import CLibSSH
internal import Glibc

/// Owns a libssh session; used on one thread alone.
struct SessionHandle: ~Copyable {
    /// The session; nil when there is no memory, which every call of libssh answers with an error.
    let raw: ssh_session? = ssh_new()

    private let given = GivenSocket()
    private let traffic = UnsafeMutablePointer<ssh_counter_struct>.allocate(capacity: 1)

    /// Makes a session that is not connected.
    init() {
        traffic.initialize(to: ssh_counter_struct())
        ssh_set_counters(raw, traffic, nil)
    }

    deinit {
        if given.number >= 0 { close(given.number) }
        ssh_disconnect(raw)
        ssh_free(raw)
        traffic.deallocate()
    }

    /// How many bytes have come from the host, whichever call of libssh took them in.
    var received: UInt64 { traffic.pointee.in_bytes }

    /// Gives it a connection, which it closes at its end; false when libssh does not take it.
    func give(_ socket: consuming Descriptor) -> Bool {
        given.number = socket.release()
        return set(SSH_OPTIONS_FD, given.number)
    }

    /// Begins to connect, or goes on with it.
    func connect() -> Int32 {
        let rc = ssh_connect(raw)
        if given.number >= 0, rc != SSH_ERROR {
            // libssh closes what it was given on some ways and not on others, unless it forgets that it was.
            _ = set(SSH_OPTIONS_FD, Int32(-1))
        }
        given.number = -1
        return rc
    }

    /// Sets an option that takes text; false when libssh refuses it.
    func set(_ option: ssh_options_e, _ value: String) -> Bool {
        ssh_options_set(raw, option, value) == SSH_OK
    }

    /// Sets an option that takes a C `int`; false when libssh refuses it.
    func set(_ option: ssh_options_e, _ value: Int32) -> Bool {
        withUnsafePointer(to: value) { ssh_options_set(raw, option, $0) == SSH_OK }
    }

    /// Sets an option that takes a C `bool`; false when libssh refuses it.
    func set(_ option: ssh_options_e, _ value: Bool) -> Bool {
        withUnsafePointer(to: value) { ssh_options_set(raw, option, $0) == SSH_OK }
    }

    /// What libssh says about the last failure; it sometimes says nothing, then the fallback.
    func failure(_ fallback: String) -> String {
        guard let raw, let text = ssh_get_error(UnsafeMutableRawPointer(raw)) else { return fallback }
        let words = String(cString: text)
        return words.isEmpty ? fallback : words
    }
}

/// The connection that a session was given and has not taken yet; −1 for none.
private final class GivenSocket {
    var number: Int32 = -1
}

/// Owns a key.
struct KeyHandle: ~Copyable {
    /// The key; nil when it could not be had.
    let raw: ssh_key?

    /// Takes over a key.
    init(_ raw: ssh_key?) { self.raw = raw }

    deinit { ssh_key_free(raw) }

    /// Its type and fingerprint, as `ssh-ed25519` and `SHA256:…`; empty where libssh cannot tell.
    var fingerprint: (type: String, hash: String) {
        let type = ssh_key_type_to_char(ssh_key_type(raw)).map { String(cString: $0) } ?? ""
        var hash: UnsafeMutablePointer<UInt8>?
        var length = 0
        guard ssh_get_publickey_hash(raw, SSH_PUBLICKEY_HASH_SHA256, &hash, &length) == 0 else {
            return (type, "")
        }
        defer { ssh_clean_pubkey_hash(&hash) }
        guard let text = ssh_get_fingerprint_hash(SSH_PUBLICKEY_HASH_SHA256, hash, length) else {
            return (type, "")
        }
        defer { ssh_string_free_char(text) }
        return (type, String(cString: text))
    }

    /// The public half in base64, as it stands in files; nil where libssh cannot tell.
    var publicBase64: String? {
        var text: UnsafeMutablePointer<CChar>?
        guard ssh_pki_export_pubkey_base64(raw, &text) == SSH_OK, let text else { return nil }
        defer { ssh_string_free_char(text) }
        return String(cString: text)
    }

    /// Whether the public halves are the same.
    func hasSamePublicHalf(as other: borrowing KeyHandle) -> Bool {
        ssh_key_cmp(raw, other.raw, SSH_KEY_CMP_PUBLIC) == 0
    }
}
