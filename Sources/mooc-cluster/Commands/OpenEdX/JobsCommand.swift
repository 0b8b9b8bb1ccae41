import ArgumentParser

/// The commands below `openedx jobs`.
struct JobsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "See what the edition's jobs did, and run them again.",
        subcommands: [JobList.self, JobLog.self, JobRun.self])
}
