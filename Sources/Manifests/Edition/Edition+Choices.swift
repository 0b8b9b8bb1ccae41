package import YAML

extension Edition {
    /// Files and names that belong together: they are there, or none of them is.
    package struct Part: Sendable {
        /// Files of its own, as the waves name them.
        package var files: [String] = []
        /// Objects that are laid over those of the same kind and name.
        package var changes: [Node] = []
        /// Claims of its own.
        package var claims: [String] = []
        /// Secrets of its own.
        package var secrets: [String] = []
    }

    /// A service that an inventory can switch on.
    package struct Service: Sendable {
        /// Its name in `openedx.services`.
        package var name: String
        /// What it is for, such as `learners' notes`.
        package var title: String
        /// What belongs to it.
        package var part: Part
    }

    /// A store that can be outside of the cluster.
    package struct Store: Sendable {
        /// Its name in `openedx.stores`, and below `${stores.…}`.
        package var name: String
        /// The Service of the edition's own.
        package var host: String
        /// The port of the edition's own.
        package var port: Int
        /// What belongs to the edition's own alone.
        package var part: Part
        /// Files that are there where it is outside alone.
        package var outsideFiles: [String]
        /// The label of pods that reach it, with the value `yes`.
        package var reaches: String
        /// How it is logged in to; nil where it is not.
        package var login: Login?
        /// How it can be spoken to over TLS where it is outside, the usual way first; empty where it cannot.
        package var tls: [String]
        /// Further values below `${stores.NAME.…}` that an inventory can give, as they usually are.
        package var more: [(name: String, value: String)]

        /// How a store is logged in to.
        package struct Login: Sendable {
            /// The secret with the password.
            package var secret: String
            /// The environment variable that has it in pods that reach the store, where it is given; nil where pods have
            /// it anyhow, so that it is always there.
            package var variable: String?
            /// The variable that has the user beside that one; nil where nobody asks for it.
            package var userVariable: String?
            /// The user where the inventory names none.
            package var user: String?
        }
    }

    /// Certificates of authorities that stores outside are certified by.
    package struct Authorities: Sendable {
        /// The file with the ConfigMap of them, there where a store has one.
        package var file: String
        /// The folder that has them in pods that reach such stores, each as the name of the store and `.pem`.
        package var folder: String
    }

    /// A way in which browsers reach the platform.
    package struct TLS: Sendable {
        /// Its name in `openedx.tls`.
        package var name: String
        /// What stands below `${tls.…}`.
        package var values: [(name: String, value: Node)]
        /// What it lays over other objects.
        package var changes: [Node]
        /// Files that are there with it alone.
        package var files: [String]
        /// Secrets that are there with it alone.
        package var secrets: [String]
        /// The secret that is the root certificate of the platform's own authority, which browsers must be told to
        /// trust; nil where the authority is somebody else's.
        package var authority: String?

        /// Whether the front itself speaks HTTPS.
        var speaksHTTPS: Bool { values.contains { $0.name == "edge" && $0.value.text == "https" } }
    }

    /// How uploaded files lie in an object store outside.
    package struct S3: Sendable {
        /// What buckets are called where the inventory says nothing else.
        package var buckets: [(name: String, bucket: String)]
        /// Changes and secrets that come with it, and files and claims of the volumes that go.
        package var part: Part
    }

    /// What gives services more pods where their load grows.
    package struct Autoscaler: Sendable {
        /// Its name in `openedx.autoscaler`.
        package var name: String
        /// Files that are there with it alone.
        package var files: [String]
    }

    /// A way in which browsers come to the platform's front.
    package struct Edge: Sendable {
        /// Its name in `openedx.edge`.
        package var name: String
        /// Files that are there with it alone.
        package var files: [String]
        /// What it lays over other objects where the front speaks plain HTTP.
        package var http: [Node]
        /// What it lays over other objects where the front speaks HTTPS.
        package var https: [Node]
    }
}
