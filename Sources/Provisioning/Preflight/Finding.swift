package import YAML

/// Something about a host or the cluster that stands in the way, or may.
package struct Finding: Sendable, Hashable {
    /// How bad it is: an error stops the run before anything is changed.
    package let severity: Diagnostic.Severity
    /// The host; nil when it is about several or the cluster.
    package let host: String?
    /// What is wrong.
    package let message: String
    /// What would be right.
    package let cure: String

    /// Makes a finding.
    package init(_ severity: Diagnostic.Severity, host: String?, _ message: String, cure: String) {
        self.severity = severity
        self.host = host
        self.message = message
        self.cure = cure
    }
}
