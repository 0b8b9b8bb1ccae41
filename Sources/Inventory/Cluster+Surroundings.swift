extension Cluster {
    /// What reading an inventory needs to know of the world around it.
    package struct Surroundings: Sendable {
        /// A Kubernetes version that the program knows.
        package struct KnownVersion: Sendable {
            /// The minor: `1.36`.
            package var minor: String
            /// Whether its kubelet still speaks to Docker.
            package var docker: Bool

            /// Makes one.
            package init(minor: String, docker: Bool) {
                self.minor = minor
                self.docker = docker
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
        /// Permission bits of the file at a path; nil when there is none.
        package var fileMode: @Sendable (String) -> Int?

        /// Makes surroundings.
        package init(
            home: String, inventoryMode: Int?, versions: [KnownVersion], editions: [String],
            fileMode: @escaping @Sendable (String) -> Int?
        ) {
            self.home = home
            self.inventoryMode = inventoryMode
            self.versions = versions
            self.editions = editions
            self.fileMode = fileMode
        }
    }
}
