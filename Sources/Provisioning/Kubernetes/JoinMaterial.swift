package import Playbook

/// What a host needs to join: made on the first control plane, short-lived, kept in memory only.
package struct JoinMaterial: Sendable {
    /// The bootstrap token.
    package let token: Secret
    /// `sha256:…` of the public key of the cluster's CA.
    package let certificateHash: String
    /// Key of the uploaded certificates; nil when no control plane joins.
    package let certificateKey: Secret?

    /// Makes material of its parts.
    package init(token: Secret, certificateHash: String, certificateKey: Secret?) {
        self.token = token
        self.certificateHash = certificateHash
        self.certificateKey = certificateKey
    }

    /// Reads what `join-material.yml` registered; nil when it registered none.
    package init?(_ values: Values) {
        guard let token = values["JOIN_TOKEN"], let hash = values["JOIN_CA_HASH"], !token.isEmpty,
            !hash.isEmpty
        else { return nil }
        self.init(
            token: Secret(token), certificateHash: hash,
            certificateKey: values["CERTIFICATE_KEY"].map { Secret($0) })
    }

    /// What stands for it in a plan, which makes no token.
    package static let planned = JoinMaterial(
        token: Secret("000000.0000000000000000"),
        certificateHash: "sha256:" + String(repeating: "0", count: 64),
        certificateKey: nil)
}
