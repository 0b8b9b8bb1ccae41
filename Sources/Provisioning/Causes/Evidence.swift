/// What a person would look at on a host after a failure there: containers, logs, the kubelet's journal.
package struct Evidence: Sendable, Hashable {
    /// The host's name.
    package let host: String
    /// What was read.
    package let lines: [String]

    /// Makes evidence.
    package init(host: String, lines: [String]) {
        self.host = host
        self.lines = lines
    }
}
