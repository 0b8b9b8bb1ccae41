import Console
import YAML

extension Context {
    /// Writes the names of files that a command wrote as its result: a line for each, or one JSON object.
    func result(files: [String], _ format: OutputFormat) {
        switch format {
        case .json:
            let result: Node = ["files": .sequence(files.map { .string($0) })]
            console.result(result.json(pretty: true) + "\n")
        case .text: console.result(files.map { "\($0)\n" }.joined())
        }
    }
}
