import ArgumentParser

/// The commands below `openedx`.
struct OpenEdXCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openedx", abstract: "Look after Open edX while it runs.",
        subcommands: [
            OpenEdXStatus.self, CreateUser.self, ImportCourse.self, ImportDemo.self, Manage.self,
            Execute.self, ServiceLogs.self,
            JobsCommand.self, Restart.self, RollBack.self, Scale.self, Prune.self, Authority.self,
        ])
}
