import Foundation
import Playbook
import TestSupport
import Testing

@testable import Provisioning

/// Commands on hosts that are scratch folders, under each shell; over SSH: `EndToEndTests`.
struct ErrandTests {
    private func run(
        _ errand: Errand, _ shell: FakeNode.Shell, _ prepare: (FakeNode) throws -> Void = { _ in }
    ) async throws -> Result<Errand.Ending, any Error> {
        try await withScratchFolder { folder in
            let node = try FakeNode(root: folder, shell: shell)
            try prepare(node)
            let surroundings = Surroundings(
                asset: { _ in [] }, file: { _ in [] }, now: { 0 }, connect: { _ in node },
                privilege: { _ in .sudo }, explain: { ("\($0)", "") })
            let results = await errand.run(
                on: [Sample.host("n1", "192.0.2.1")], parallel: 1, surroundings, onOutput: { _, _ in },
                onEnd: { _, _ in })
            return try #require(results.first)
        }
    }

    private func text(_ ending: Errand.Ending, _ stream: OutputPiece.Stream = .output) -> String {
        String(decoding: ending.pieces.filter { $0.stream == stream }.flatMap(\.bytes), as: UTF8.self)
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func everyByteOfTheInputArrives(_ shell: FakeNode.Shell) async throws {
        let input = (0..<70_000).map { UInt8(truncatingIfNeeded: $0) }
        let ending = try await run(Errand(.line("cat; echo done >&2; exit 7"), input: input), shell).get()
        #expect(ending.pieces.filter { $0.stream == .output }.flatMap(\.bytes) == input)
        #expect(text(ending, .error) == "done\n")
        #expect(ending.code == 7)
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func wordsArriveAsTheyAre(_ shell: FakeNode.Shell) async throws {
        let words = ["a  b", "it's", "$HOME", "`id`", "\\", "日本", "", "*", "two\nlines", "-n"]
        let ending = try await run(Errand(.words(["printf", "<%s>"] + words)), shell).get()
        #expect(text(ending) == words.map { "<\($0)>" }.joined())
        #expect(ending.code == 0)
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func aProgramThatIsNotThereIs127(_ shell: FakeNode.Shell) async throws {
        let ending = try await run(Errand(.words(["no-such-program", "x"])), shell).get()
        #expect(ending.code == 127)
        #expect(text(ending, .error).contains("no-such-program"))
    }

    @Test(arguments: FakeNode.Shell.allCases)
    func theFirstLineOfAScriptNamesItsInterpreter(_ shell: FakeNode.Shell) async throws {
        let scripts = [
            ("echo sh $# \"$1\"\n", "sh 2 a  b\n"), ("#!/bin/bash\necho bash $# \"$1\"", "bash 2 a  b\n"),
            ("#! /usr/bin/env  bash\r\necho ${BASH_VERSION:+bash}\n", "bash\n"), ("#!\necho sh\n", "sh\n"),
        ]
        for (script, said) in scripts {
            let errand = Errand(.script(Array(script.utf8), arguments: ["a  b", "c"]))
            #expect(text(try await run(errand, shell).get()) == said)
        }
    }

    @Test func whatALoginSaysIsNotTheCommands() async throws {
        let ending = try await run(Errand(.line("echo mine"), asRoot: true), .dash) { node in
            try Child.run(
                "/bin/sh", "-c", "printf '#!/bin/sh\\necho hello\\necho 4711\\n' >\(node.path("bin/id"))")
            try Child.run("/bin/chmod", "+x", node.path("bin/id"))
            try Child.run(
                "/bin/sh", "-c",
                "printf '#!/bin/sh\\necho lecture\\nshift; exec \"$@\"\\n' >\(node.path("bin/sudo"))")
            try Child.run("/bin/chmod", "+x", node.path("bin/sudo"))
        }.get()
        #expect(text(ending) == "mine\n")
    }

    @Test func aRefusalOfSudoIsTyped() async throws {
        let result = try await run(Errand(.line("echo mine"), asRoot: true), .dash) { node in
            try Child.run("/bin/sh", "-c", "printf '#!/bin/sh\\necho 4711\\n' >\(node.path("bin/id"))")
            try Child.run(
                "/bin/sh", "-c",
                "printf '#!/bin/sh\\necho sudo: a password is required >&2; exit 1\\n' >\(node.path("bin/sudo"))"
            )
            try Child.run("/bin/chmod", "+x", node.path("bin/id"), node.path("bin/sudo"))
        }
        #expect(throws: PlaybookError.sudoNeedsPassword) { try result.get() }
    }

    @Test func programsPassShellcheck() throws {
        for work in [
            Errand.Work.line("ls"), .words(["a b"]), .script(Array("#!/bin/sh".utf8), arguments: ["x"]),
        ] {
            for input in [[], [UInt8(1)]] {
                let program = ErrandProgram(Errand(work, input: input), token: "mc-token")
                try Shellcheck.expectClean("#!/bin/sh\n" + String(decoding: program.text, as: UTF8.self))
            }
        }
    }
}
