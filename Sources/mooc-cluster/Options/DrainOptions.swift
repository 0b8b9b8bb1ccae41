import ArgumentParser

/// The options of commands that drain nodes.
struct DrainOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("How long a node's pods may take to go elsewhere.", valueName: "seconds"))
    var drainTimeout = 600

    func validate() throws {
        guard (1...3600).contains(drainTimeout) else {
            throw ValidationError("--drain-timeout must be from 1 to 3600")
        }
    }
}
