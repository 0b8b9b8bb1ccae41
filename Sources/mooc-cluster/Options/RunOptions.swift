import ArgumentParser

/// The options of commands that work on hosts.
struct RunOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many hosts are worked on at once.", valueName: "number"))
    var parallel = 50

    @Flag(help: "Trust the key of a host that is new here; a changed key is always refused.")
    var acceptNewHostKeys = false

    @Option(
        help: ArgumentHelp(
            "Stop as Ctrl-C does after this time: 90s, 10m, 1h30m.", valueName: "duration"))
    var deadline: TimeSpan?

    func validate() throws {
        guard parallel > 0 else { throw ValidationError("--parallel must be at least 1") }
    }
}

/// The options of commands that run phases.
struct PhaseOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Phases to leave out; `mooc-cluster phases` lists them.", valueName: "phases"))
    var skipPhases: [String] = []
}
