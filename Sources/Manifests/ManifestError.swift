/// What can go wrong while manifests are applied, with all that is known about why.
package enum ManifestError: Error, Sendable, Hashable {
    /// A password or key was given that differs from the one that its database was started with, or that was signed
    /// with.
    case fixedSecret(String)
    /// A password or key is not what it has to be.
    case unusableSecret(String, needs: String)
    /// kubectl failed: what it was asked to do, and what it said.
    case kubectl(action: String, message: String)
    /// An answer of the cluster could not be read.
    case unreadable(action: String)
    /// Objects of these names are there and belong to somebody else.
    case foreign([String])
    /// Claims ask for StorageClasses of these names, and the cluster has only some others.
    case noStorageClass([String], known: [String])
    /// The cluster has not what an autoscaler of this kind needs.
    case noAutoscaler(String)
    /// What the cluster has is of this edition, and another one is wanted, here by its title.
    case otherEdition(String, wanted: String)
    /// Volumes have other sizes than what is to be applied says.
    case otherSizes([VolumeSize])
    /// What was started did not become ready.
    case stuck(wave: String, reasons: [StuckReason])
}

/// Why a workload is not ready, as far as the cluster tells.
package struct StuckReason: Sendable, Hashable {
    /// The workload, such as `deployment/lms`.
    package var workload: String
    /// The pod that is worst off; nil when there is none.
    package var pod: String?
    /// The node of that pod; nil while it has none.
    package var node: String?
    /// What is known: states of containers, conditions, events, in order of weight.
    package var causes: [String]
    /// The last lines that the container wrote.
    package var log: [String]

    /// Makes a reason of what is known.
    package init(workload: String, pod: String?, node: String?, causes: [String], log: [String]) {
        self.workload = workload
        self.pod = pod
        self.node = node
        self.causes = causes
        self.log = log
    }
}
