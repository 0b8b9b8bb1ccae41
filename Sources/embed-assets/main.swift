// Build-time tool: `embed-assets ROOT OUTPUT FILE…` writes OUTPUT, a Swift table of the files' paths below
// ROOT and their texts. It runs on the build machine only.
import Foundation

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
    FileHandle.standardError.write(Data("usage: embed-assets ROOT OUTPUT FILE…\n".utf8))
    exit(64)
}

/// A raw string literal whose fence is longer than anything in the text.
func literal(_ text: String) -> String {
    var fence = "#"
    while text.contains("\"\"\"" + fence) || text.contains("\\" + fence) { fence += "#" }
    return "\(fence)\"\"\"\n\(text)\n\"\"\"\(fence)"
}

do {
    let root = arguments[1] + "/"
    let rows = try arguments.dropFirst(3).map { file in
        let path = file.hasPrefix(root) ? String(file.dropFirst(root.count)) : file
        let text = try String(contentsOfFile: file, encoding: .utf8)
        return "    Asset(\n        path: \(literal(path)),\n        text: \(literal(text))),\n"
    }
    let table = "let builtInAssets: [Asset] = [\n\(rows.joined())]\n"
    try table.write(toFile: arguments[2], atomically: true, encoding: .utf8)
} catch {
    FileHandle.standardError.write(Data("embed-assets: \(error)\n".utf8))
    exit(1)
}
