import ArgumentParser

/// The root command.
struct MoocCluster: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mooc-cluster",
        abstract: "From bare Linux servers to Open edX on Kubernetes, over SSH.",
        discussion: """
            Exit codes: 0 done (plan, diff: nothing to change), 1 failed, 2 changes pending (plan, diff), 64 usage, \
            65 wrong inventory, playbook or manifest, 69 a host could not be reached, 77 refused (host key, \
            authentication, sudo), 130 interrupted.
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Cluster",
                subcommands: [
                    Init.self, Validate.self, DoctorCommand.self, Plan.self, Up.self, Upgrade.self,
                    Status.self, Kubeconfig.self, NodeCommand.self, EtcdCommand.self,
                    CertificatesCommand.self, DrillCommand.self, ResetHosts.self, Logs.self, Explain.self,
                ]),
            CommandGroup(
                name: "Every day",
                subcommands: [
                    PingHosts.self, RunOnHosts.self, CopyFile.self, SSHCommandGroup.self,
                ]),
            CommandGroup(
                name: "Application",
                subcommands: [
                    Render.self, Diff.self, Apply.self, Destroy.self, VolumeCommand.self, OpenEdXCommand.self,
                    ImportTutor.self,
                ]),
            CommandGroup(
                name: "Building blocks",
                subcommands: [PlayFiles.self, ListPhases.self, Completion.self, Manual.self]),
        ])
}
