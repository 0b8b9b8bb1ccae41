import ArgumentParser

/// The commands below `ssh`.
struct SSHCommandGroup: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ssh", abstract: "Make logins by key out of logins by password.",
        subcommands: [SSHSetup.self])
}
