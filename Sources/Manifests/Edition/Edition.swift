package import YAML

/// One release of an application as its folder below `manifests/` describes it, placeholders not yet filled in.
package struct Edition: Sendable {
    /// The application that it is a release of: the folder below `manifests/`, such as `openedx`.
    package var application: String
    /// The release's name, such as `ironwood`.
    package var name: String
    /// What people call it, such as `Open edX Ironwood`.
    package var title: String
    /// The names of the releases whose data its own jobs bring up to date; nil where any will do.
    package var follows: [String]?
    /// What the application calls itself, once chosen as the inventory says; empty where it has no use for a name.
    package var platformName: String
    /// What is applied, in order.
    package var waves: [Wave]
    /// Image references by the name that the inventory can replace them with.
    package var images: [(name: String, reference: String)]
    /// Replicas by workload, where the inventory may ask for another number.
    package var replicas: [(service: String, count: Int)]
    /// Node ports by service.
    package var ports: [(service: String, port: Int)]
    /// The Services with fixed addresses, and the names that lead to them inside of pods.
    package var names: [ServiceName]
    /// The volumes.
    package var claims: [Claim]
    /// The passwords and keys that are made up or given.
    package var secrets: [SecretKey]
    /// Keys of the inventory's part that it has a use for, of those that not every edition has.
    package var options: [String]
    /// How browsers can reach it, the usual way first.
    package var tls: [TLS]
    /// How browsers can come to its front, the usual way first.
    package var edges: [Edge]
    /// Balancers outside of the cluster that it knows how to tell where it is.
    package var balancers: [Balancer]
    /// Stores that can be outside of the cluster.
    package var stores: [Store]
    /// How authorities of such stores come to pods; nil where they cannot.
    package var authorities: Authorities?
    /// Services that an inventory can switch on.
    package var services: [Service]
    /// How large it can be, the smallest first.
    package var sizes: [Size]
    /// The size that it has; nil until one is chosen, or where there is none.
    package var size: Size?
    /// How uploaded files come to lie in an object store outside; nil where they cannot.
    package var s3: S3?
    /// What may give services more pods, the usual kind first.
    package var autoscalers: [Autoscaler]
    /// How Django's `manage.py` is called, by part of the platform: `lms`.
    package var manage: [Manage]
    /// Where the release's demonstration course is published; nil where it has none.
    package var demoCourse: String?
    /// The Redis service that holds Celery's queues; nil where the edition has none.
    package var queues: String?
    /// Texts that objects have in common.
    package var shared: [SharedText]
    /// What is merged into every PersistentVolume for local storage.
    package var localVolume: Node
    /// What is merged into every PersistentVolume for NFS.
    package var nfsVolume: Node

    /// A part of what is applied, which is waited for before the next.
    package struct Wave: Sendable {
        /// What it is, for progress: `data stores`.
        package var name: String
        /// The objects of each of its files, in order.
        package var files: [(name: String, objects: [Node])]
        /// Seconds until what it starts must be ready.
        package var timeout: Int

        /// The objects of all files, in order.
        package var objects: [Node] { files.flatMap(\.objects) }
    }

    /// A Service whose address is fixed, so that names which cannot be Services lead to it.
    package struct ServiceName: Sendable {
        /// The Service.
        package var service: String
        /// How many places into the network of Services its address lies.
        package var offset: Int
        /// The names in /etc/hosts of every pod.
        package var names: [String]
        /// Where it stands.
        package var mark: Mark?
    }

    /// A volume and what its folder is to be.
    package struct Claim: Sendable {
        /// Name of the PersistentVolumeClaim and of its PersistentVolume.
        package var name: String
        /// Size as a Kubernetes quantity.
        package var size: String
        /// Owner of the folder, as `uid:gid`.
        package var owner: String
        /// Mode of the folder, in octal digits.
        package var mode: String
        /// Whether pods on several nodes may write it at once, where the storage can.
        package var shared: Bool
    }

    /// How `manage.py` of one part of the platform is called.
    package struct Manage: Sendable {
        /// The part: `lms`.
        package var part: String
        /// The service in whose pod it runs.
        package var service: String
        /// The words before those that it is given.
        package var command: [String]
    }

    /// A password or key.
    package struct SecretKey: Sendable {
        /// Its key in the Secret.
        package var name: String
        /// What it looks like when it is made up.
        package var form: Form
        /// Whether it cannot change after the first start of what it protects.
        package var fixed: Bool

        /// What a password or key looks like.
        package enum Form: Sendable, Hashable {
            /// So many letters and digits.
            case letters(Int)
            /// A random UUID (RFC 9562, version 4).
            case uuid
            /// A private RSA key of so many bits: its DER in one line of Base64.
            case rsa(Int)
            /// The public key that belongs to a private one, which has this name; in the same form.
            case rsaPublic(of: String)
            /// The private key of an authority: PEM, on the curve P-256 where it is made up.
            case authorityKey
            /// The root certificate of the authority with the key of this name: PEM, in the name of the platform.
            case authorityCertificate(of: String)
            /// The HMAC-SHA256 of the secret `of` with the secret `by` as its key, in hexadecimal digits.
            case hmac(of: String, by: String)
        }
    }
}

extension Edition {
    /// Name of the Secret that holds all passwords and keys of the edition.
    package var secretName: String { Self.secretName(of: application) }
    /// Name of the Secret that holds the certificate which the operator gives, where one is given.
    var certificateName: String { "\(application)-certificate" }
    /// Name of the ConfigMap with the certificates of stores' authorities, where a store has one.
    var authoritiesName: String { "\(application)-authorities" }

    /// Where its Secret says whose data the cluster has.
    static let mark = ["metadata", "annotations", "mooc-cluster/edition"]

    /// Whether it can be applied where the data of an edition of this name are.
    func takesOver(_ other: String) -> Bool { other == name || follows?.contains(other) ?? true }

    /// Which of its passwords and keys nobody must see, of those in some values; all that it does not know are.
    package func hidden(in values: SecretValues) -> [String] {
        let known = Set(secrets.filter(\.form.isPublic).map(\.name))
        return values.keys.filter { !known.contains($0) }
    }

    /// Name of the Secret that holds all passwords and keys of an application.
    static func secretName(of application: String) -> String { "\(application)-secrets" }
}

extension Edition.SecretKey.Form {
    /// The secrets that it is derived from.
    package var sources: [String] {
        switch self {
        case .letters, .uuid, .rsa, .authorityKey: []
        case .rsaPublic(let name), .authorityCertificate(let name): [name]
        case .hmac(let name, let by): [name, by]
        }
    }

    /// Whether everybody may know it.
    package var isPublic: Bool {
        switch self {
        case .rsaPublic, .authorityCertificate: true
        case .letters, .uuid, .rsa, .hmac, .authorityKey: false
        }
    }
}
