/// A command that works on hosts, and so may be given a deadline.
protocol HostCommand: ClusterCommand {
    /// The options of commands that work on hosts.
    var hosts: RunOptions { get }
}
