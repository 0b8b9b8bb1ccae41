import ArgumentParser
import Console
import Playbook
import YAML

/// One start of the program: from arguments to an exit status.
struct Launch {
    /// The arguments, without the program's own name.
    let arguments: [String]
    /// The environment variables.
    let environment: [String: String]

    /// Parses, runs, and says what went wrong; nothing that is thrown leaves this function.
    func run() async -> ExitStatus {
        do {
            var command = try MoocCluster.parseAsRoot(arguments)
            guard let work = command as? any ClusterCommand else {
                try command.run()
                return .done
            }
            return await run(work)
        } catch {
            return answer(error)
        }
    }

    /// Help and version go to standard output, what is wrong with the arguments to standard error.
    private func answer(_ error: any Error) -> ExitStatus {
        let isFine = MoocCluster.exitCode(for: error).isSuccess
        // Help about a command that there is not would be the root's.
        if let misspelling = Misspelling.words(on: arguments) {
            Output.descriptor(2).write("Error: \(misspelling)\n")
            return .usage
        }
        let text = MoocCluster.fullMessage(for: error)
        Output.descriptor(isFine ? 1 : 2).write(text.isEmpty ? "" : text + "\n")
        return isFine ? .done : .usage
    }

    private func run(_ command: any ClusterCommand) async -> ExitStatus {
        let options = command.common
        let redaction = Redaction()
        let console = Console(
            results: .descriptor(1), messages: .descriptor(2),
            terminal: .standard(environment: environment), time: .system,
            format: options.output == .json ? .json { Self.line(of: $0) } : .text,
            isVerbose: options.verbose, redact: redaction.clean)
        let context = Context(
            console: console, environment: environment, time: .system, redaction: redaction,
            record: RunRecord(redaction: redaction, time: .system))
        let interruption = await Interruption(context)
        let deadline = (command as? any HostCommand)?.hosts.deadline
        do {
            let ended = try await interruption.guarding(deadline: deadline) {
                try await command.run(in: context)
            }
            let status = ended == .done ? .done : Self.status(ended, interruption.cause)
            context.record.end(status, on: console)
            return status
        } catch {
            let failure = Failure(error)
            // That it was ended at its deadline has been said.
            if interruption.cause != .deadline || failure.status != .interrupted { failure.say(on: console) }
            let status = Self.status(failure.status, interruption.cause)
            context.record.end(status, error: failure.text, on: console)
            return status
        }
    }

    /// How the process ends when work that was cut short ended like this.
    private static func status(_ status: ExitStatus, _ cause: Interruption.Cause?) -> ExitStatus {
        switch cause {
        case .signal: .interrupted
        case .deadline: status == .interrupted ? .failed : status
        case nil: status
        }
    }

    private static func line(of message: Console.Message) -> String {
        var line: Node = [
            "time": .string(timestamp()), "level": .string(message.level.rawValue),
        ]
        line["host"] = message.host.map { .string($0) }
        line["message"] = .string(message.text)
        return line.json()
    }
}
