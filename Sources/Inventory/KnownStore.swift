/// What an inventory can say of a store of an edition that is outside of the cluster.
package struct KnownStore: Sendable {
    /// Its name.
    package var name: String
    /// Secrets that then must be given.
    package var given: [String]
    /// The secret with the password of its login; nil where it takes none.
    package var password: String?
    /// Whether that password counts with the name of a user alone.
    package var needsUser: Bool
    /// How it can be spoken to over TLS, the usual way first; empty where it cannot.
    package var tls: [String]
    /// Whether TLS counts with an authority alone: its clients have none of their own.
    package var needsAuthority: Bool
    /// Further keys.
    package var more: [String]

    /// Makes one.
    package init(
        name: String, given: [String] = [], password: String? = nil, needsUser: Bool = false,
        tls: [String] = [], needsAuthority: Bool = false, more: [String] = []
    ) {
        self.name = name
        self.given = given
        self.password = password
        self.needsUser = needsUser
        self.tls = tls
        self.needsAuthority = needsAuthority
        self.more = more
    }

    /// Whether TLS is a matter of yes or no.
    var hasPlainTLS: Bool { Set(tls) == ["false", "true"] }
}
