package import Vault
package import YAML

/// One server of the inventory.
package struct Host: Sendable {
    /// The node's name in Kubernetes: an RFC 1123 label.
    package var name: String
    /// Where SSH reaches it: an address or a name.
    package var address: String
    /// Its address inside of the cluster, when that is another one; else nil.
    package var privateAddress: String?
    /// What it is in the cluster.
    package var role: Role
    /// Labels for the node object, in order of key.
    package var labels: [(key: String, value: String)]
    /// Taints for the node object, as `key=value:Effect`.
    package var taints: [String]
    /// How commands reach it.
    package var connection: Connection
    /// The address it is to have for good; nil leaves the network as it is.
    package var staticAddress: StaticAddress?
    /// Where it stands in the file.
    package var mark: Mark?

    /// The address that other nodes use.
    package var nodeAddress: String { privateAddress ?? address }
}

extension Host {
    /// Makes a host that the file does not have, and that is reached like another one.
    package init(stray name: String, at address: String, reachedAs other: Connection) {
        self.init(
            name: name, address: address, privateAddress: nil, role: .worker, labels: [], taints: [],
            connection: other, staticAddress: nil, mark: nil)
    }
}

/// How commands reach a host.
package enum Connection: Sendable {
    /// This machine itself, without SSH.
    case local
    /// SSH, with the settings of the host over those of the inventory.
    case ssh(SSHOptions)
}

/// The `ssh:` part of an inventory, merged with a host's own.
package struct SSHOptions: Sendable {
    /// Login name; nil leaves it to ~/.ssh/config and the person's own name.
    package var user: String?
    /// TCP port; nil leaves it to ~/.ssh/config, else 22.
    package var port: Int?
    /// Private key file, `~` and paths relative to the inventory resolved; nil leaves it to ~/.ssh/config and
    /// the agent.
    package var key: String?
    /// Own known_hosts file, which is made where it is missing; nil means the user's.
    package var knownHosts: String?
    /// Jump hosts in order, as `user@host:port`.
    package var jump: [String]
    /// Where the password for sudo comes from; nil means that sudo asks for none.
    package var sudoPassword: SecretSource?
    /// The password of the login; nil logs in by keys alone.
    package var password: SecretSource?
    /// The passphrase of ``key``; nil means that it is asked for where it is needed.
    package var passphrase: SecretSource?
    /// What is done with a host key that nobody knows yet; nil leaves it to ~/.ssh/config, and then asks.
    package var hostKeys: HostKeyRule?
    /// Seconds to wait for a connection; nil leaves it to ~/.ssh/config, else 10.
    package var connectTimeout: Int?
    /// Seconds without a sign of life after which a connection counts as lost; nil leaves it to ~/.ssh/config,
    /// else 30.
    package var silenceLimit: Int?
}

/// What is done with a host key that no file of known hosts knows; a changed one is always refused.
package enum HostKeyRule: String, Sendable, Hashable, CaseIterable {
    /// A person is asked; without one it is refused.
    case ask
    /// It is taken and written down.
    case acceptNew = "accept-new"
    /// It is refused.
    case strict
}

/// Where a secret is taken from.
///
/// Only the source stands in the inventory's types, never the secret.
package enum SecretSource: Sendable, Hashable {
    /// A file's first line, the path resolved against the inventory's folder.
    case file(String)
    /// An environment variable's value.
    case environment(String)
    /// A local command's first line of output, run by `sh -c`.
    case command(String)
    /// Asked for on the terminal.
    case prompt
    /// Written in the inventory itself, whose mode must then be 0600.
    case literal(String)
    /// Written in the inventory as `ansible-vault` encrypted it.
    case vault(Vault)
    /// A value by its key in a file that `ansible-vault` encrypted, as a whole or value by value; the path is
    /// resolved against the inventory's folder.
    case vaultFile(String, key: String)
}

/// The address that a host is to have for good (`staticAddress:` of a host).
package struct StaticAddress: Sendable, Hashable {
    /// Address with prefix length, such as `198.51.100.11/24`.
    package var address: CIDR
    /// The default gateway; nil keeps the present one.
    package var gateway: String?
    /// Name servers; empty keeps the present ones.
    package var nameservers: [String]
    /// The interface; nil means the one that holds the present default route.
    package var interface: String?
}
