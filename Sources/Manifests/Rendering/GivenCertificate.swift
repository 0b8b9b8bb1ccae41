internal import Cryptography
internal import YAML

/// A certificate that the operator gives, with its key; printing it shows nothing of the key.
package struct GivenCertificate: Sendable, CustomStringConvertible, CustomReflectable {
    /// The certificate with those of its authorities, as PEM.
    package let chain: String
    /// The private key as PEM, for the Secret and for nothing else.
    package let key: String

    /// Takes the texts of its files.
    package init(chain: String, key: String) {
        self.chain = chain
        self.key = key
    }

    /// Says that there is one.
    package var description: String { "a certificate" }
    /// Shows nothing of the key to `dump` and debuggers.
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension GivenCertificate {
    /// What its Secret holds.
    var data: Node { ["tls.crt": .string(Base64.encode(chain)), "tls.key": .string(Base64.encode(key))] }

    /// What is wrong with it for the sites that some objects name: `https://NAME {` of a Caddyfile, a sentence each.
    func flaws(for objects: [ManifestObject]) -> [String] {
        let texts = objects.filter { $0.kind == "ConfigMap" }.flatMap { $0.node["data"]?.entries ?? [] }
        let names = texts.compactMap { entry in
            entry.value.text?.firstMatch(of: /^https:\/\/([^ ]+) \{/).map { String($0.output.1) }
        }
        return ServerCertificate.flaws(chain: chain, key: key, names: names).map { flaw in
            switch flaw {
            case .noCertificate: "the chain of the certificate has none in PEM"
            case .noKey: "the key of the certificate is none in PEM, or has a passphrase"
            case .otherKey: "the key belongs to another certificate"
            case .notFor(let name): "the certificate is not for \(name)"
            }
        }
    }
}
