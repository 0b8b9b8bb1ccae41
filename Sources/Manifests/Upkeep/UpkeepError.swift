/// Why something is not done to an application in a cluster.
package enum UpkeepError: Error, Sendable, Hashable {
    /// The workload is not in the cluster.
    case absent(ObjectID)
    /// A service has no pod that runs.
    case noPod(String)
    /// Nothing of a service was started again, so there is no log of before.
    case neverRestarted(String)
    /// A service must stay one, and why.
    case notScalable(String, because: String)
    /// There is no earlier template of a service's pods to go back to, or not the one that was asked for; the revisions
    /// that there are.
    case noRevision(String, known: [Int])
    /// A job runs at this moment.
    case running(String)
    /// The platform did not make the user: what it said.
    case userRefused(String)
}
