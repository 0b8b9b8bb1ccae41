package import YAML

/// A part of an inventory that asks for an application: `openedx:`, or one of `applications:`.
package struct ApplicationPart: Sendable {
    /// The application: a folder below `manifests/`.
    package var application = openedx
    /// The edition of Open edX: a folder below `manifests/openedx/`; empty with another application, which has one.
    package var edition: String
    /// Host name, as learners type it; empty with an application that answers to every name.
    package var host: String
    /// Namespace of everything that is applied.
    package var namespace: String
    /// Where volumes live.
    package var storage: Storage
    /// Node that holds the volumes, by claim name; the others go to `Storage.local`'s default.
    package var volumeNodes: [(claim: String, node: String)]
    /// Sizes that take the place of the edition's, by claim name, as Kubernetes quantities.
    package var volumeSizes: [(claim: String, size: String)] = []
    /// Secrets that the operator gives instead of having them generated, by name of the edition's secret
    /// keys.
    package var secrets: [(name: String, source: SecretSource)]
    /// Image references that take the place of the edition's, by the edition's name for them.
    package var images: [(name: String, reference: String)]
    /// Numbers of replicas, by service.
    package var replicas: [(service: String, count: Int)]
    /// Where uploaded files lie in an object store outside; nil where they lie on volumes.
    package var s3: ObjectStore?
    /// Up to how many pods an autoscaler may give a service, by service; the others have none.
    package var maxReplicas: [(service: String, count: Int)] = []
    /// Which kind of autoscaler: one of the edition's; nil means its usual one.
    package var autoscaler: String?
    /// Where it stands in the file.
    package var mark: Mark?
    /// What takes the place of docker.io in the edition's images, such as `registry.example.edu/mirror`.
    package var registry: String?
    /// Host name of Studio; nil means `studio.` before the LMS's.
    package var studioHost: String?
    /// Host name of the micro-frontends; nil means `apps.` before the LMS's.
    package var mfeHost: String?
    /// What the platform calls itself; nil means the edition's name for it.
    package var platformName: String?
    /// The address that mail comes from and learners write to; nil means `contact@` and the LMS's host.
    package var contactEmail: String?
    /// The language of those who have chosen none, such as `en` or `pt-br`; nil means `en`.
    package var language: String?
    /// How browsers reach the platform: one of the edition's ways; nil means its usual one.
    package var tls: String?
    /// Networks of the balancers before the cluster whose word about a learner's address counts.
    package var trustedProxies: [CIDR] = []
    /// Where the certificate is that browsers get, and its key; nil where none is given.
    package var certificate: CertificateFiles?
    /// How browsers come to the platform's front: one of the edition's ways; nil means its usual one.
    package var edge: String?
    /// The class of the Ingress that leads to the front; nil where none does.
    package var ingressClass: String?
    /// The services that are switched on.
    package var services: [String] = []
    /// How large it is: one of the edition's sizes; nil means its smallest one.
    package var size: String?
    /// Stores outside of the cluster; those that are not named here run in it.
    package var stores: [OutsideStore] = []

    /// The name of the learning platform among applications.
    package static let openedx = "openedx"

    /// The folder of its manifests, below `manifests/`.
    package var folder: String { application == Self.openedx ? "\(application)/\(edition)" : application }

    /// A certificate and its key, as files that can be opened.
    package struct CertificateFiles: Sendable, Hashable {
        /// The certificate with those of its authorities, as PEM.
        package var chain: String
        /// The private key, as PEM.
        package var key: String

        /// Makes one.
        package init(chain: String, key: String) {
            self.chain = chain
            self.key = key
        }
    }

    /// A store outside of the cluster.
    package struct OutsideStore: Sendable, Hashable {
        /// The edition's name for it, such as `mysql`.
        package var name: String
        /// Where it is: an address or a host name.
        package var host: String
        /// Its port; nil means the usual one.
        package var port: Int?
        /// The user that logs in; nil means the edition's, or none.
        package var user: String?
        /// The way of TLS: one of the edition's; nil means its usual one.
        package var tls: String?
        /// The file with the certificates that it may be certified by, as PEM; nil means those of the image.
        package var authority: String?
        /// Where that file is named.
        package var authorityMark: Mark?
        /// What the edition asks besides, by key.
        package var more: [String: String] = [:]
    }

    /// Where volumes live.
    package enum Storage: Sendable, Hashable {
        /// A PersistentVolume for each claim, a folder below `root` on a node: `node`, or the first worker.
        case local(root: String, node: String?)
        /// Folders of an NFS server.
        case nfs(server: String, path: String)
        /// Volumes that a StorageClass of the cluster makes; `shared` makes those that pods on several nodes write.
        case storageClass(String, shared: String)

        /// The NFS server; nil where there is none.
        package var server: String? {
            guard case .nfs(let server, _) = self else { return nil }
            return server
        }
    }
}
