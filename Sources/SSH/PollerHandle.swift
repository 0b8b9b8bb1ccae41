internal import CLibSSH

/// Takes what has come for a session, without waiting.
struct PollerHandle: ~Copyable {
    private let raw: ssh_event?

    /// Makes a poller; it must end before the session does.
    init(_ session: borrowing SessionHandle) {
        raw = ssh_event_new()
        ssh_event_add_session(raw, session.raw)
    }

    deinit { ssh_event_free(raw) }

    /// Handles all packets that have come; false when the connection has ended.
    func take() -> Bool {
        while true {
            let rc = ssh_event_dopoll(raw, 0)
            guard rc >= 0 else { return rc == SSH_AGAIN }
        }
    }
}
