/// A program to run, with what it gets.
struct Command: Sendable {
    /// Path of the program.
    var program: String
    /// Its arguments.
    var arguments: [String]
    /// What it reads on standard input.
    var input: String
    /// Variables added to the tests' own environment.
    var environment: [String: String]

    /// Makes a command.
    init(
        _ program: String, _ arguments: [String], input: String = "", environment: [String: String] = [:]
    ) {
        self.program = program
        self.arguments = arguments
        self.input = input
        self.environment = environment
    }

    /// Starts it; the name is that of its log files.
    func start(name: String = "command") throws -> Running { try Running(self, name: name) }

    /// Runs it to its end, which must come within the limit.
    func run(name: String = "command", within limit: Duration = .seconds(60)) async throws -> Outcome {
        try await start(name: name).end(within: limit)
    }
}
