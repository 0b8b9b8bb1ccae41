import ArgumentParser

/// A command of the tool: parse, call one function, render one value.
protocol ClusterCommand: ParsableCommand, Sendable {
    /// The options that every command has.
    var common: CommonOptions { get }

    /// Does the work.
    ///
    /// - Returns: how the process ends when nothing was thrown.
    /// - Throws: anything that ``Failure`` knows; it decides the exit status and the words.
    func run(in context: Context) async throws -> ExitStatus
}
