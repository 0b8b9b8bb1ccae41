/// What ``Doctor`` found.
package struct Diagnosis: Sendable {
    /// How looking at hosts ended.
    package let report: RunReport
    /// What is wrong with hosts and the cluster.
    package var findings: [Finding] = []
    /// The ways between hosts that were tried.
    package var paths: [PathReport] = []
    /// What is wrong with them.
    package var pathFindings: [PathFinding] = []

    /// Makes one that has found nothing yet.
    init(report: RunReport) { self.report = report }
}
