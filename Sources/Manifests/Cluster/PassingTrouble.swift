/// Words by which kubectl, kubeadm, crictl and apt tell of trouble that passes by itself.
///
/// A server restarts, a leader is being elected, a network drops a packet: what is merely wrong says none of them.
package enum PassingTrouble {
    /// The words, in small letters.
    package static let signs = [
        // Go's net and net/http
        "tls handshake timeout", "connection refused", "connection reset by peer", "i/o timeout",
        "unexpected eof", ": eof", "net/http: request canceled", "client.timeout exceeded",
        "client connection lost", "context deadline exceeded", "server misbehaving",
        "temporary failure in name resolution",
        // the API server: kubectl's words for a refused connection, and its own while it starts, stops or has no time
        "was refused - did you specify the right host or port",
        "the server is currently unable to handle the request", "in the time allotted",
        "the server has received too many requests", "apiserver not ready", "apiserver is shutting down",
        "failed calling webhook", "the object has been modified",
        // a controller gives each new namespace its account, a moment later
        "error looking up service account",
        // etcd, also while members join
        "etcdserver: request timed out", "etcdserver: leader changed", "etcdserver: no leader",
        "etcdserver: not healthy for reconfigure", "etcdserver: unhealthy cluster",
        "etcdserver: too many learner members", "etcdserver: can only promote a learner member",
        "etcdserver: re-configuration failed due to not enough started members",
        // registries and mirrors, and what stands in front of them; apt writes two spaces after the number
        "500 internal server error", "502 bad gateway", "503 service unavailable", "504 gateway time",
        "502  bad gateway", "503  service unavailable", "504  gateway time",
        // apt
        "temporary failure resolving", "could not get lock", "unable to lock directory", "hash sum mismatch",
        "file has unexpected size", "connection timed out", "connection failed",
    ]

    /// Whether words tell of it.
    package static func isMeant(by words: String) -> Bool {
        let words = words.lowercased()
        return signs.contains { words.contains($0) }
    }
}
