import ArgumentParser
import Playbook

/// The option of commands that change something: to look alone.
struct PlanOptions: ParsableArguments {
    @Flag(
        name: .customLong("plan"),
        help: "Only say what would change; the exit code is then 2 when something would.")
    var isOn = false

    /// Whether the command changes hosts or only says what it would change.
    var mode: RunMode { isOn ? .plan : .apply }
}
