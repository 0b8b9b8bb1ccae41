/// Compiles playbooks to shell; a pure function of its input.
package enum Compiler {
    /// Longer values (in bytes) are variables of the shell and no environment variables: Linux starts no
    /// program with a variable of more than 128 KiB (MAX_ARG_STRLEN).
    private static let longestExport = 65_536

    /// Compiles a playbook.
    ///
    /// The whole program stands in one brace group, so that a shell that did not receive all of it runs
    /// nothing of it. A plan contains no `apply` and no handler at all.
    ///
    /// - Parameters:
    ///   - playbook: what to compile.
    ///   - values: the values; of these only the ones that the playbook names go into the program.
    ///   - mode: whether to carry out or to look.
    ///   - options: see ``CompileOptions``.
    /// - Returns: the program.
    package static func compile(
        _ playbook: Playbook, values: Values, mode: RunMode, options: CompileOptions
    ) -> Program {
        let secrets = secretNames(of: playbook, values: values)
        var lines = LineWriter()
        addHead(oneLine(playbook.name), options, to: &lines)
        if ShellLibrary.isPatient(playbook, mode) {
            lines.add("mc_passing=\(ShellQuoting.quoted(options.passingTrouble.joined(separator: "\n")))")
        }
        if ShellLibrary.keepsLedger(playbook, mode) {
            lines.add("mc_ledger=\(ShellQuoting.quoted(options.ledgerFolder))")
        }
        if !playbook.handlers.isEmpty { lines.add("mc_dues=\(ShellQuoting.quoted(options.dueFolder))") }
        for name in playbook.values.sorted() {
            guard let value = values[name] else { continue }
            let export = value.utf8.count > longestExport ? "" : "export "
            lines.add("\(export)\(name)=\(ShellQuoting.quoted(value))")
        }
        for part in ShellLibrary.parts(for: playbook, mode: mode) {
            lines.add("")
            lines.add(part)
        }
        var firstLines: [Int] = []
        for (index, step) in playbook.steps.enumerated() {
            lines.add("")
            firstLines.append(lines.next)
            lines.add("# \(oneLine(step.name))")
            let functions = StepFunctions(
                step: step, index: index, mode: mode, usesSudo: options.usesSudo, secrets: secrets)
            functions.write(to: &lines)
        }
        if mode == .apply {
            for (index, handler) in playbook.handlers.enumerated() {
                lines.add("")
                lines.add("# \(oneLine(handler.name))")
                lines.addFunction("handler_\(index)", handler.script)
            }
        }
        lines.add("")
        lines.add("mc_start")
        if mode == .apply { lines.add("mc_meet") }
        let dues = playbook.handlers.map { dueName(of: $0.name, in: playbook.name) }
        for (index, step) in playbook.steps.enumerated() {
            let handler = playbook.handlers.firstIndex { $0.name == step.notifies }
            let words = callWords(of: step, secrets: secrets, declared: playbook.values, mode: mode)
            let notify = handler.map { ["notify=\($0):\(dues[$0])"] } ?? []
            lines.add((["mc_step \(index)"] + words + notify).joined(separator: " "))
        }
        for (index, due) in dues.enumerated() { lines.add("mc_handler \(index) \(due)") }
        lines.add("mc_finish")
        lines.add("}")
        return Program(text: lines.text, token: options.token, firstLines: firstLines)
    }

    /// Compiles the program that takes up the journal of another one.
    ///
    /// - Parameters:
    ///   - position: how many bytes of what the other one said after its `hello` are known.
    ///   - options: those of the other one.
    /// - Returns: the program; it has the other one's token.
    package static func follow(from position: Int, options: CompileOptions) -> Program {
        var lines = LineWriter()
        addHead("takes up a journal", options, to: &lines)
        for part in ShellLibrary.followParts {
            lines.add("")
            lines.add(part)
        }
        lines.add("")
        lines.add("mc_follow \(position)")
        lines.add("}")
        return Program(text: lines.text, token: options.token, firstLines: [])
    }

    private static func addHead(_ title: String, _ options: CompileOptions, to lines: inout LineWriter) {
        // Single quotes are meant (2016); a mode leaves options unused (2034); functions are called by name
        // (2317).
        lines.add("# shellcheck shell=sh disable=SC2016,SC2034,SC2317")
        lines.add("# \(title)")
        lines.add("{")
        let host = String(hash(of: options.host), radix: 16)
        lines.add(
            "mc_token=\(options.token) mc_state=\(ShellQuoting.quoted(options.stateFolder)) mc_host=\(host)")
        lines.add(
            "export LC_ALL=C PATH=\"$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\"")
        lines.add("umask 022")
    }

    /// The words after a step's number that tell the program how to run it.
    private static func callWords(
        of step: Step, secrets: Set<String>, declared: [String], mode: RunMode
    ) -> [String] {
        var words: [String] = []
        if step.condition != nil { words.append("when") }
        switch step.work {
        case .query: words.append("query")
        case .shell(let shell):
            if case .exists(let path) = shell.check, path.names.allSatisfy(declared.contains),
                !step.asLoginUser
            {
                words.append("look")
            }
            if mode == .apply {
                words.append("timeout=\(shell.isUninterruptible ? 0 : shell.timeout)")
                if shell.retries > 0 { words.append("retries=\(shell.retries)") }
            }
        case .file(let file):
            words += fileWords(names: file.names, secrets: secrets, declared: declared, mode: mode)
        case .toml(let toml):
            words += fileWords(names: toml.names, secrets: secrets, declared: declared, mode: mode)
        }
        if step.brings != nil, mode == .plan { words.append("brings") }
        if let registration = step.registration { words.append("register=\(registration.name)") }
        return words
    }

    private static func fileWords(
        names: [String], secrets: Set<String>, declared: [String], mode: RunMode
    ) -> [String] {
        // A value that an earlier step registers may not be set: only a process of its own can fail for that.
        let look = names.allSatisfy(declared.contains) ? ["look"] : []
        guard mode == .plan else { return look + ["short"] }
        return look + [names.contains(where: secrets.contains) ? "diff=hidden" : "diff=shown"]
    }

    private static func secretNames(of playbook: Playbook, values: Values) -> Set<String> {
        var names: Set<String> = []
        for (name, value) in values.table {
            if case .secret = value { names.insert(name) }
        }
        for step in playbook.steps {
            if let registration = step.registration, registration.isSecret { names.insert(registration.name) }
        }
        return names
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// FNV-1a.
    private static func hash(of text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// A file name for "this handler of this playbook is due": words for people, a hash against clashes.
    private static func dueName(of handler: String, in playbook: String) -> String {
        let words = handler.unicodeScalars.filter {
            $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-")
        }
        return String(String.UnicodeScalarView(words.prefix(40))) + "-"
            + String(hash(of: playbook + "\0" + handler), radix: 16)
    }
}
