import ArgumentParser

/// The commands below `etcd`.
struct EtcdCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "etcd", abstract: "The cluster's memory: how it is, a copy of it, and back from a copy.",
        subcommands: [EtcdStatus.self, SnapshotTaking.self, SnapshotRestoring.self])
}
