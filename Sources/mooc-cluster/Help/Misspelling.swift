import ArgumentParser
import YAML

/// Words of the command line that stand where a command is named, and name none.
///
/// The parser suggests options that are misspelt, and not commands.
enum Misspelling {
    /// What is wrong with such a word, and what would be right; nil where there is none.
    static func words(on arguments: [String]) -> String? {
        var command: any ParsableCommand.Type = MoocCluster.self
        var path = MoocCluster._commandName
        for word in arguments {
            if command == MoocCluster.self, word == "help" { continue }
            let known = command.configuration.subcommands
            guard !known.isEmpty, !word.hasPrefix("-") else { return nil }
            if let next = known.first(where: { $0._commandName == word }) {
                command = next
                path += " \(word)"
                continue
            }
            let names = known.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
            let cure = Suggestion.words(
                for: word, among: names, otherwise: "`\(path) --help` lists the commands")
            return "'\(word)' is no command of \(path); \(cure)"
        }
        return nil
    }
}
