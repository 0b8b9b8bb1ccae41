import YAML

/// Reads one step of a playbook.
struct StepReader {
    /// Where errors go.
    let diagnostics: Diagnostics

    /// Keys that say how shell is run, and so have no place in a step without any.
    private static let shellKeys = [
        "check", "apply", "creates", "timeout", "retries", "uninterruptible", "sudo",
    ]
    /// Keys that say of a plan what a change brings with it.
    private static let forecastKeys = ["effect", "takes", "brings"]
    /// Keys that say what a file is to be.
    private static let fileKeys = ["content", "absent", "mode", "owner", "set"]

    /// Reads a step; nil, with errors, if nothing can be made of it.
    func read(_ node: Node) -> Step? {
        guard var reader = MappingReader(node, what: "the step", diagnostics: diagnostics) else { return nil }
        let name = reader.requiredString("name")
        if let name { reader.what = "the step '\(name)'" }
        let condition = reader.string("when")
        let notifies = reader.string("notify")
        let registration = readRegistration(&reader)
        let (effect, seconds, brings) = readForecast(&reader)
        let work: Work?
        switch (reader.has("file"), reader.has("toml")) {
        case (true, true):
            diagnostics.error(
                "\(reader.what) has both 'file' and 'toml'", at: node.mark, cure: "make it two steps")
            _ = (reader.value("file"), reader.value("toml"))
            work = nil
        case (true, false):
            forbid(Self.shellKeys + ["set"], in: &reader, because: "a step with 'file' has no use for it")
            work = FileReader(diagnostics: diagnostics).readFile(&reader).map(Work.file)
        case (false, true):
            forbid(
                Self.shellKeys + ["content", "absent", "mode", "owner"], in: &reader,
                because: "a step with 'toml' has no use for it")
            work = FileReader(diagnostics: diagnostics).readTOML(&reader).map(Work.toml)
        case (false, false):
            forbid(Self.fileKeys, in: &reader, because: "it goes with 'file' or 'toml'")
            work = readShell(&reader, isQuery: registration != nil, mark: node.mark)
        }
        let asLoginUser = reader.bool("sudo") == false
        reader.finish(also: ["file", "toml"])
        if case .query? = work, notifies != nil {
            diagnostics.error(
                "\(reader.what) changes nothing and so notifies nobody", at: reader.mark(of: "notify"))
        }
        if case .query? = work {
            for key in Self.forecastKeys where reader.has(key) {
                diagnostics.error(
                    "'\(key)' has no place in \(reader.what)", at: reader.mark(of: key),
                    cure: "it changes nothing")
            }
        }
        guard let name, let work else { return nil }
        return Step(
            name: name, mark: node.mark, condition: condition, work: work, registration: registration,
            notifies: notifies, asLoginUser: asLoginUser, effect: effect, seconds: seconds, brings: brings)
    }

    private func forbid(_ keys: [String], in reader: inout MappingReader, because reason: String) {
        for key in keys where reader.has(key) {
            _ = reader.value(key)
            diagnostics.error(
                "'\(key)' has no place in \(reader.what)", at: reader.mark(of: key), cure: reason)
        }
    }

    private func readForecast(_ reader: inout MappingReader) -> (String?, Int?, String?) {
        (reader.string("effect"), reader.int("takes", in: 1...86_400), reader.string("brings"))
    }

    private func readRegistration(_ reader: inout MappingReader) -> Registration? {
        let isSecret = reader.bool("secret") ?? false
        switch (reader.string("register"), reader.string("value")) {
        case (let name?, let script?):
            guard ValueName.isValid(name) else {
                diagnostics.error(
                    "'\(name)' cannot be the name of a value", at: reader.mark(of: "register"),
                    cure: "write upper case letters, digits and '_', and no name that the shell needs itself")
                return nil
            }
            return Registration(name: name, script: script, isSecret: isSecret)
        case (nil, nil):
            if reader.has("secret") {
                diagnostics.error(
                    "'secret' of \(reader.what) belongs to a value", at: reader.mark(of: "secret"),
                    cure: "add 'register' and 'value'")
            }
        case (_?, nil):
            diagnostics.error(
                "\(reader.what) registers a value and does not say which", at: reader.mark(of: "register"),
                cure: "add 'value: …', shell that prints it")
        case (nil, _?):
            diagnostics.error(
                "\(reader.what) has a 'value' without a name", at: reader.mark(of: "value"),
                cure: "add 'register: NAME'")
        }
        return nil
    }

    private func readShell(_ reader: inout MappingReader, isQuery: Bool, mark: Mark?) -> Work? {
        let apply = reader.string("apply")
        let check = readCheck(&reader)
        let timeout = reader.int("timeout", in: 1...86_400)
        let retries = reader.int("retries", in: 0...100)
        let isUninterruptible = reader.bool("uninterruptible") ?? false
        _ = reader.bool("sudo")
        switch (check, apply) {
        case (let check?, let apply?):
            return .shell(
                ShellWork(
                    check: check, apply: apply, timeout: timeout ?? 300, retries: retries ?? 0,
                    isUninterruptible: isUninterruptible))
        case (nil, nil):
            if isQuery {
                forbid(
                    ["timeout", "retries", "uninterruptible"], in: &reader, because: "it only reads a value")
                return .query
            }
            if !reader.has("check") && !reader.has("creates") && !reader.has("register") {
                diagnostics.error(
                    "\(reader.what) does nothing", at: mark,
                    cure: "add 'check' and 'apply', 'file', 'toml', or 'register' and 'value'")
            }
        case (_?, nil):
            diagnostics.error(
                "\(reader.what) has a check and no 'apply'", at: mark,
                cure: "add 'apply: …', shell that makes it right")
        case (nil, _?):
            if !reader.has("check") && !reader.has("creates") {
                diagnostics.error(
                    "\(reader.what) has an 'apply' and no check", at: mark,
                    cure: "add 'check: …', shell that tells whether it is right already, or 'creates: /path'")
            }
        }
        return nil
    }

    private func readCheck(_ reader: inout MappingReader) -> ShellWork.Check? {
        let script = reader.string("check")
        guard let path = reader.string("creates") else { return script.map(ShellWork.Check.script) }
        guard script == nil else {
            diagnostics.error(
                "\(reader.what) has both 'check' and 'creates'", at: reader.mark(of: "creates"),
                cure: "keep one of them")
            return nil
        }
        return FileReader(diagnostics: diagnostics).path(path, of: "creates", in: reader)
            .map(ShellWork.Check.exists)
    }
}
