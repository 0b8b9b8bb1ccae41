import YAML

/// The manual page of one command, in the language of man(7), made of the same definitions as its help.
struct ManualPage {
    /// Its name without the section: `mooc-cluster-node-add`.
    let name: String
    /// The page.
    let text: String

    /// The pages of a command and of all below it, as the parser's dump has them.
    static func all(of command: Node, version: String) -> [ManualPage] {
        guard isShown(command) else { return [] }
        return [ManualPage(command, version)] + below(command).flatMap { all(of: $0, version: version) }
    }

    private init(_ command: Node, _ version: String) {
        let words =
            (command["superCommands"]?.items ?? []).compactMap(\.text) + [Self.text(command, "commandName")]
        let name = words.joined(separator: "-")
        self.name = name
        let arguments = (command["arguments"]?.items ?? []).filter(Self.isShown)
        let positional = arguments.filter { $0["kind"]?.text == "positional" }
        let options = arguments.filter { $0["kind"]?.text != "positional" }
        let parts = Self.text(command, "discussion").split(
            separator: "Examples:\n", maxSplits: 1, omittingEmptySubsequences: false)

        var lines = [
            ".TH \(name.uppercased()) 1 \"\" \"mooc-cluster \(version)\" \"User Commands\"", ".SH NAME",
            "\(Self.escaped(name)) \\- \(Self.escaped(Self.text(command, "abstract")))", ".SH SYNOPSIS",
            ".B \(Self.escaped(words.joined(separator: " ")))",
        ]
        lines.append(Self.escaped((["[options]"] + positional.map(Self.usage)).joined(separator: " ")))
        if !Self.below(command).isEmpty { lines.append("\\fIcommand\\fR") }
        if let first = parts.first, !first.isEmpty {
            lines.append(".SH DESCRIPTION")
            lines += Self.paragraphs(String(first))
        }
        lines += Self.list("ARGUMENTS", positional.map { (Self.usage($0), Self.help($0)) })
        lines += Self.list("OPTIONS", options.map { (Self.names($0), Self.help($0)) })
        lines += Self.list(
            "COMMANDS",
            Self.below(command).map { below in
                let page = "\(name)-\(Self.text(below, "commandName"))(1)"
                return (Self.text(below, "commandName"), "\(Self.text(below, "abstract")) See \(page).")
            })
        if parts.count == 2 {
            let examples = parts[1].split(separator: "\n").map { Self.escaped(String($0.drop { $0 == " " })) }
            lines += [".SH EXAMPLES", ".nf"] + examples + [".fi"]
        }
        if words.count > 1 {
            lines += [".SH SEE ALSO", Self.escaped("\(words.dropLast().joined(separator: "-"))(1)")]
        }
        text = lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ node: Node, _ key: String) -> String { node[key]?.text ?? "" }

    private static func isShown(_ node: Node) -> Bool {
        node["shouldDisplay"]?.text != "false" && node["commandName"]?.text != "help"
    }

    private static func below(_ command: Node) -> [Node] {
        (command["subcommands"]?.items ?? []).filter(isShown)
    }

    /// A list of words, each with what it means.
    private static func list(_ title: String, _ entries: [(head: String, text: String)]) -> [String] {
        if entries.isEmpty { return [] }
        return [".SH \(title)"]
            + entries.flatMap {
                [".TP", ".B \(escaped($0.head))", escaped($0.text.isEmpty ? $0.head : $0.text)]
            }
    }

    /// `<file> ...`, in brackets where it may be left out.
    private static func usage(_ argument: Node) -> String {
        let name =
            "<\(text(argument, "valueName"))>" + (argument["isRepeating"]?.text == "true" ? " ..." : "")
        return argument["isOptional"]?.text == "true" ? "[\(name)]" : name
    }

    /// `-i, --inventory <inventory>`.
    private static func names(_ argument: Node) -> String {
        let names = (argument["names"]?.items ?? []).map { name in
            (name["kind"]?.text == "long" ? "--" : "-") + text(name, "name")
        }.sorted { $0.count < $1.count }
        let value = argument["kind"]?.text == "option" ? " <\(text(argument, "valueName"))>" : ""
        return names.joined(separator: ", ") + value
    }

    private static func help(_ argument: Node) -> String {
        let values = (argument["allValues"]?.items ?? []).compactMap(\.text)
        let standard = argument["defaultValue"]?.text.map { ["default: \($0)"] } ?? []
        let more = (values.isEmpty ? [] : ["one of \(values.joined(separator: ", "))"]) + standard
        return text(argument, "abstract") + (more.isEmpty ? "" : " (\(more.joined(separator: "; ")))")
    }

    private static func paragraphs(_ text: String) -> [String] {
        text.split(separator: "\n\n").flatMap { paragraph in
            [".PP", escaped(paragraph.split(separator: "\n").joined(separator: " "))]
        }
    }

    /// Text that troff takes as it is, in one line: no escape, no request, and a minus that can be copied.
    private static func escaped(_ text: String) -> String {
        let line = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\n", with: " ")
        return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }
}
