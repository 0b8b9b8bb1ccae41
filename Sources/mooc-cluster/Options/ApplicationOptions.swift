import ArgumentParser

/// The option of commands that work on applications.
struct ApplicationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only this application: openedx, or one of the inventory's `applications`; can be given again.",
            valueName: "name"))
    var application: [String] = []
}
