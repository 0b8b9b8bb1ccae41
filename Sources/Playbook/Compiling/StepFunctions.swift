/// Writes the shell functions of one step.
struct StepFunctions {
    /// The step.
    let step: Step
    /// Its index in the playbook.
    let index: Int
    /// Whether to carry out or to look.
    let mode: RunMode
    /// Whether sudo is between the login and the program.
    let usesSudo: Bool
    /// The names of values that nobody may see.
    let secrets: Set<String>

    /// Writes what the mode needs of `when_N`, `want_N`, `check_N`, `apply_N`, `diff_N`, `brings_N` and `value_N`.
    func write(to lines: inout LineWriter) {
        if let condition = step.condition { addBody("when", condition, to: &lines) }
        switch step.work {
        case .query: break
        case .shell(let shell): write(shell, to: &lines)
        case .file(let file): write(file, to: &lines)
        case .toml(let toml): write(toml, to: &lines)
        }
        if let brings = step.brings, mode == .plan { addBody("brings", brings, to: &lines) }
        if let registration = step.registration { addBody("value", registration.script, to: &lines) }
    }

    private func write(_ shell: ShellWork, to lines: inout LineWriter) {
        switch shell.check {
        case .script(let script): addBody("check", script, to: &lines)
        case .exists(let path): lines.add("check_\(index)() { [ -e \(path.shellWord) ]; }")
        }
        if mode == .apply { addBody("apply", shell.apply, to: &lines) }
    }

    private func write(_ file: FileWork, to lines: inout LineWriter) {
        let path = file.path.shellWord
        guard let content = file.content else {
            lines.add("check_\(index)() { mc_away \(path); }")
            if mode == .apply { lines.add("apply_\(index)() { mc_keep file \(path); rm -f -- \(path); }") }
            if mode == .plan { addDiff("'' \(path) '' '' ''", names: file.names, to: &lines) }
            return
        }
        let decoding = file.isBase64 ? " | base64 -d" : ""
        lines.add("want_\(index)() { printf '%s' \(content.shellWord)\(decoding); }")
        let owner = "\(ownerFormat(file.owner)) \(file.owner.shellWord)"
        addFile("want_\(index) \(path) \(file.mode) \(owner)", names: file.names, to: &lines)
    }

    private func write(_ toml: TOMLWork, to lines: inout LineWriter) {
        var words = ["\(toml.settings.count)"]
        for setting in toml.settings {
            words.append("\(setting.key.count)")
            words += setting.key.map(ShellQuoting.quoted)
            switch setting.value {
            case .text(let template): words += ["text", template.shellWord]
            case .bare(let text): words += ["bare", ShellQuoting.quoted(text)]
            case .list(let items): words += ["list", "\(items.count)"] + items.map(\.shellWord)
            }
        }
        let path = toml.path.shellWord
        lines.add("want_\(index)() { mc_toml \(path) \(words.joined(separator: " ")); }")
        addFile("want_\(index) \(path) '' '' ''", names: toml.names, to: &lines)
    }

    private func addFile(_ arguments: String, names: [String], to lines: inout LineWriter) {
        lines.add("check_\(index)() { mc_same \(arguments); }")
        switch mode {
        case .apply: lines.add("apply_\(index)() { mc_write \(arguments); }")
        case .plan: addDiff(arguments, names: names, to: &lines)
        }
    }

    private func addDiff(_ arguments: String, names: [String], to lines: inout LineWriter) {
        guard !names.contains(where: secrets.contains) else { return }
        lines.add("diff_\(index)() { mc_compare \(arguments); }")
    }

    /// What `stat` prints to be compared with the owner that the step names.
    private func ownerFormat(_ owner: Template) -> String {
        let parts = (owner.literal ?? "").split(separator: ":", omittingEmptySubsequences: false)
        let isNumber = parts.map { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
        return (isNumber.first == true ? "%u" : "%U") + ":" + (isNumber.last == true ? "%g" : "%G")
    }

    private func addBody(_ kind: String, _ script: String, to lines: inout LineWriter) {
        guard step.asLoginUser, usesSudo else {
            lines.addFunction("\(kind)_\(index)", script)
            return
        }
        lines.addFunction("\(kind)_\(index)", "mc_as_login_user \(ShellQuoting.quoted("set -eu\n" + script))")
    }
}
