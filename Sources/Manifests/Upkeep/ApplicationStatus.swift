/// How an application is in its cluster.
package struct ApplicationStatus: Sendable {
    /// Its services, in the order in which they are started.
    package var services: [ServiceStatus]
    /// Its jobs, in the order in which they are run.
    package var jobs: [JobStatus]
    /// Tasks that wait in Celery's queues; nil where that cannot be read.
    package var queues: [(name: String, count: Int)]?
    /// What runs and belongs to the application, but is no longer rendered.
    package var leftOver: [ObjectID]

    /// Whether every service is as it should be and no job has failed.
    package var isWell: Bool {
        services.allSatisfy(\.isReady)
            && jobs.allSatisfy { if case .failed = $0.state { false } else { true } }
    }
}

/// How one service is.
package struct ServiceStatus: Sendable {
    /// The workload.
    package var id: ObjectID
    /// Whether all of it is there, at its newest.
    package var isReady: Bool
    /// How far it is, in a few words.
    package var state: String
    /// Pods that are ready, and how many there are to be.
    package var ready: Int, wanted: Int
    /// The image that the cluster runs; empty where nothing is there.
    package var image: String
    /// The claims that its pods mount.
    package var claims: [String]
    /// What is known about why it is not ready; nil when it is.
    package var reason: StuckReason?

    /// What stands behind the name of its image: a tag, or the beginning of a digest.
    package var version: String {
        let name = image.split(separator: "/").last ?? ""
        if let digest = name.split(separator: "@").dropFirst().first { return String(digest.prefix(19)) }
        return name.split(separator: ":").dropFirst().first.map(String.init) ?? ""
    }
}

/// Whether what a job was to do is done.
package struct JobStatus: Sendable {
    /// How far it is.
    package enum State: Sendable, Hashable {
        /// It was done with what it would do now; when, as the cluster says it.
        case done(at: String?)
        /// It runs; how far it is.
        case running(String)
        /// It failed, and why.
        case failed(String)
        /// It was done when it did something else.
        case changed
        /// It was never run here.
        case never
    }

    /// Its name, without the checksum that the cluster's object has behind it.
    package var name: String
    /// The cluster's object.
    package var id: ObjectID
    /// How far it is.
    package var state: State
    /// What is known about why it failed; nil when it did not.
    package var reason: StuckReason?
}
