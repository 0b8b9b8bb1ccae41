extension Cluster {
    /// What reading an inventory needs to know of the world around it.
    package struct Surroundings: Sendable {
        /// A Kubernetes version that the program knows.
        package struct KnownVersion: Sendable {
            /// The minor: `1.36`.
            package var minor: String
            /// The newest patch that the program knows: the 4 of 1.36.4.
            package var patch: Int
            /// Whether no patch comes after it.
            package var isFinal: Bool

            /// Makes one.
            package init(minor: String, patch: Int, isFinal: Bool) {
                self.minor = minor
                self.patch = patch
                self.isFinal = isFinal
            }
        }

        /// The names in an edition that an inventory can give something else for.
        package struct KnownEdition: Sendable {
            /// Images.
            package var images: [String]
            /// Services with replicas.
            package var replicas: [String]
            /// Claims.
            package var claims: [String]
            /// Passwords and keys.
            package var secrets: [String]
            /// Keys of the inventory's part that it has a use for, of those that not every edition has.
            package var options: [String]
            /// Services that can be switched on.
            package var services: [String]
            /// Services that there are no more, and what takes their place.
            package var ended: [(name: String, reason: String)]
            /// How browsers can reach it, and the keys that each way needs.
            package var tls: [(name: String, needs: [String])]
            /// How browsers can come to its front, the keys that each way needs, and the ways of HTTPS that it goes
            /// with; none for all.
            package var edges: [(name: String, needs: [String], tls: [String])]
            /// Stores that can be outside.
            package var stores: [KnownStore]
            /// How large it can be, and how many learners at once each size is for, the smallest first.
            package var sizes: [(name: String, users: Int)]
            /// Kinds of autoscalers, the usual one first.
            package var autoscalers: [String]
            /// Buckets of an object store outside.
            package var buckets: [String]
            /// Secrets that must be given with such a store.
            package var bucketSecrets: [String]

            /// Makes one.
            package init(
                images: [String], replicas: [String], claims: [String], secrets: [String],
                options: [String] = [], services: [String] = [], ended: [(name: String, reason: String)] = [],
                tls: [(name: String, needs: [String])] = [],
                edges: [(name: String, needs: [String], tls: [String])] = [],
                stores: [KnownStore] = [],
                sizes: [(name: String, users: Int)] = [], autoscalers: [String] = [],
                buckets: [String] = [], bucketSecrets: [String] = []
            ) {
                self.images = images
                self.replicas = replicas
                self.claims = claims
                self.secrets = secrets
                self.options = options
                self.services = services
                self.ended = ended
                self.tls = tls
                self.edges = edges
                self.stores = stores
                self.sizes = sizes
                self.autoscalers = autoscalers
                self.buckets = buckets
                self.bucketSecrets = bucketSecrets
            }
        }

        /// The person's home folder, which `~` stands for.
        package var home: String
        /// Permission bits of the inventory file; nil when it is no file.
        package var inventoryMode: Int?
        /// The versions of Kubernetes that there are, oldest first.
        package var versions: [KnownVersion]
        /// The editions of Open edX that there are.
        package var editions: [String]
        /// The applications that there are besides.
        package var applications: [String]
        /// What the edition of a folder below `manifests/` has, such as `openedx/verawood`; nil where it cannot be read,
        /// which is said elsewhere.
        package var edition: @Sendable (String) -> KnownEdition?
        /// Permission bits of the file at a path; nil when there is none.
        package var fileMode: @Sendable (String) -> Int?

        /// Makes surroundings.
        package init(
            home: String, inventoryMode: Int?, versions: [KnownVersion], editions: [String],
            applications: [String] = [],
            edition: @escaping @Sendable (String) -> KnownEdition?,
            fileMode: @escaping @Sendable (String) -> Int?
        ) {
            self.home = home
            self.inventoryMode = inventoryMode
            self.versions = versions
            self.editions = editions
            self.applications = applications
            self.edition = edition
            self.fileMode = fileMode
        }
    }
}
