/// What happens while a playbook runs on a host, in order.
package enum StepEvent: Sendable, Hashable {
    /// The program runs, under this shell and user.
    case hello(String)
    /// A step begins.
    case started(step: String)
    /// A part of a step or handler runs: `text` is it as the playbook has it, without the texts of values.
    case command(step: String, part: StepPart, text: String)
    /// A line of output, of the step if one is running.
    case output(step: String?, line: String)
    /// The step was right already.
    case ok(step: String)
    /// The step was made right, in so many milliseconds.
    case changed(step: String, milliseconds: Int)
    /// The step is not right, and would be made so (plan only).
    case wouldChange(step: String)
    /// The step does not concern this host, or cannot be told of in a plan.
    case skipped(step: String)
    /// The step is tried again after so many seconds.
    case retrying(step: String, reason: FailureReason, code: Int, seconds: Int)
    /// The step was running when the program was told to stop, and was ended.
    case cut(step: String)
    /// An earlier run has worked on the host for so many seconds, and is waited for.
    case waiting(seconds: Int)
    /// The connection broke, for this reason; the host goes on, and connecting is tried again.
    case disconnected(reason: String)
    /// The host is there again, and what it has done since is taken up.
    case reconnected
    /// The host has lost what it was doing, as by a restart, and begins again.
    case restarted
    /// The step is not right and could not be made so.
    case failed(step: String, reason: FailureReason, code: Int)
    /// A value is known now; secret ones show dots.
    case registered(name: String, value: Values.Value)
    /// How a file would change; nil where that would show a secret (plan only).
    case diff(step: String, text: String?)
    /// What else a step would bring with it; comes before ``wouldChange(step:)`` (plan only).
    case forecast(step: String, Forecast)
    /// A handler begins.
    case handlerStarted(handler: String)
    /// A handler has run.
    case handlerDone(handler: String, milliseconds: Int)
    /// A handler would run (plan only).
    case handlerWouldRun(handler: String)
    /// A handler failed.
    case handlerFailed(handler: String, reason: FailureReason, code: Int)
    /// All that had to run has run.
    case ended(Counts)
    /// It was told to stop, and nothing runs any more.
    case stopped(Counts)
}

/// Which part of a step failed.
package enum FailureReason: String, Sendable, Hashable {
    /// `apply`, or a handler, ended with an error.
    case apply
    /// `apply` went through, and the check still says no.
    case check
    /// It took too long and was ended.
    case timeout
    /// The shell of `value` ended with an error.
    case value
}

/// How many steps came to which end.
package struct Counts: Sendable, Hashable {
    /// Right already.
    package var ok = 0
    /// Made right.
    package var changed = 0
    /// Not right, in a plan.
    package var wouldChange = 0
    /// Of no concern to the host.
    package var skipped = 0
    /// Not right in the end.
    package var failed = 0

    /// Makes zeros.
    package init() {}
}
