import Foundation
import Playbook
import TestSupport
import Testing
import YAML

@Suite struct RedactorTests {
    private let dots = "••••••"

    private func clean(_ text: String, _ secrets: String...) -> String {
        var redactor = Redactor()
        for secret in secrets { redactor.add(secret) }
        return redactor.clean(text)
    }

    @Test func eachOccurrenceBecomesDots() {
        #expect(clean("it is hunter2, hunter2!", "hunter2") == "it is \(dots), \(dots)!")
        #expect(clean("hunter2", "hunter2") == dots)
        #expect(clean("日本hunter2日本", "hunter2") == "日本\(dots)日本")
        #expect(clean("nothing here", "hunter2") == "nothing here")
    }

    @Test func aSecretInsideOfAnotherLeavesNoRest() {
        #expect(clean("hunter2-long and hunter2", "hunter2", "hunter2-long") == "\(dots) and \(dots)")
    }

    /// Hiding every `yes` leaves a log of dots that gives the secret away.
    @Test(arguments: ["", "a", "yes"]) func aShortSecretIsLeftAlone(secret: String) {
        #expect(clean("yes, a log", secret) == "yes, a log")
        #expect(!Secret(secret).canBeHidden)
        #expect(Secret("four").canBeHidden)
    }

    @Test func theLinesOfALongSecretAreSecretsToo() {
        let key = "-----BEGIN KEY-----\nAAAAB3Nza\n  indented line\n-----END KEY-----"
        #expect(clean("got AAAAB3Nza", key) == "got \(dots)")
        #expect(clean("indented line", key) == dots)
        // A heading of YAML says nothing, and stands in every other file.
        #expect(clean("users: and users", "users:\n- token: abcdef") == "users: and users")
        #expect(clean("- token: abcdef", "users:\n- token: abcdef") == dots)
    }

    private static let sharp = "pä'ss \"w\\rd\" $x <&> /+?"

    /// What Foundation makes of a secret is what programs print.
    @Test func encodedFormsAreFound() throws {
        let secret = Self.sharp
        let data = Data(secret.utf8)
        let base64 = data.base64EncodedString()
        let percent = try #require(secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let json = try #require(String(data: JSONEncoder().encode([secret]), encoding: .utf8))
        let single = "'" + secret.replacingOccurrences(of: "'", with: "'\\''") + "'"
        for (form, rest) in [
            (base64, ""), ("password: \(base64)", "password: "), (percent, ""), (json, "[\"\"]"),
            (single, "''"),
        ] {
            #expect(clean(form, secret).replacingOccurrences(of: dots, with: "") == rest, "\(form)")
        }
    }

    /// In a Kubernetes Secret or a registry's `auth`, others stand before and after it, at any of three places.
    @Test(arguments: 0...6, ["hunter2", "s3cr", "a longer one, with spaces"])
    func base64AmidOtherBytes(before: Int, secret: String) {
        let text = String(repeating: "u", count: before) + secret + ":and more"
        let cleaned = clean(Data(text.utf8).base64EncodedString(), secret)
        #expect(cleaned.contains(dots))
        let rest = Data(base64Encoded: cleaned.replacingOccurrences(of: dots, with: "")) ?? Data()
        #expect(!String(decoding: rest, as: UTF8.self).contains(secret))
    }

    @Test(arguments: [64, 76]) func wrappedBase64(width: Int) {
        let secret = (0..<20).map { "line \($0) of a long key" }.joined(separator: "\n")
        var rest = Substring(Data(secret.utf8).base64EncodedString())
        var lines: [String] = []
        while !rest.isEmpty {
            lines.append(String(rest.prefix(width)))
            rest = rest.dropFirst(width)
        }
        for line in lines where line.count >= 10 {
            #expect(clean(line, secret).filter { $0 != "•" }.count <= 4, "\(line)")
        }
    }

    /// What two shells print of a word when they trace it.
    @Test(arguments: ["bash", "dash"]) func tracedWords(shell: String) async throws {
        let secret = Self.sharp
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/\(shell)")
        process.arguments = ["-c", "set -x; : \"$WORD\""]
        process.environment = ["WORD": secret, "LC_ALL": "C.UTF-8"]
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(text.contains("ss "))
        #expect(!clean(text, secret).contains("ss "), "\(text)")
    }

    @Test func valuesOfATreeAreCleanedAndKeysAreNot() {
        let redaction = Redaction()
        redaction.add(Secret("hunter2"))
        let node: Node = ["hunter2": ["a hunter2", 5, ["x": "hunter2"]]]
        #expect(
            redaction.clean(strings: node).json() == #"{"hunter2":["a \#(dots)",5,{"x":"\#(dots)"}]}"#)
    }
}
