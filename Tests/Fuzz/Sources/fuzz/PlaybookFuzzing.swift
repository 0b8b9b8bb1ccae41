import Playbook
import YAML

/// A playbook is read or refused with reasons; what is read compiles, to the same program each time, and the values
/// stand in it quoted.
enum PlaybookFuzzing: Fuzzing {
    static func run(_ bytes: [UInt8]) {
        let diagnostics = Diagnostics()
        let playbook = Playbook.read(bytes, file: "f", diagnostics: diagnostics)
        expect((playbook == nil) == diagnostics.hasErrors, "\(diagnostics.items)")
        guard let playbook else { return }
        var values = Values()
        for (index, name) in playbook.values.enumerated() {
            values[name] = index.isMultiple(of: 2) ? "it's $(a) `value`\n}" : ""
        }
        for mode in [RunMode.plan, .apply] {
            let options = CompileOptions(token: "mc-1", usesSudo: bytes.count.isMultiple(of: 2))
            let program = Compiler.compile(playbook, values: values, mode: mode, options: options)
            expect(program.firstLines.count == playbook.steps.count, "a step is missing")
            expect(program.text.hasSuffix("}\n"), "the program does not end")
            let again = Compiler.compile(playbook, values: values, mode: mode, options: options)
            expect(again.text == program.text, "another program the second time")
        }
    }
}
