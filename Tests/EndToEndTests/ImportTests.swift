import Foundation
import Testing
import YAML

/// `import-tutor`, as a person runs it.
@Suite struct ImportTests {
    private static let site = """
        LMS_HOST: learn.example.edu
        ENABLE_HTTPS: true
        MYSQL_ROOT_PASSWORD: canary-root
        OPENEDX_SECRET_KEY: canary-key
        SMTP_PASSWORD: canary-mail

        """

    @Test func secretsStandInTheirFileAlone() async throws {
        try await withTool { tool in
            try tool.write(Self.site, to: "config.yml")
            let outcome = try await tool.run(["import-tutor", "config.yml"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(!(outcome.output + outcome.errors).contains("canary"))
            #expect(outcome.errors.contains("config.yml:5:16: warning: SMTP_PASSWORD is not taken over"))
            let diagnostics = Diagnostics()
            let part = YAMLParser.document(outcome.output, file: "", diagnostics: diagnostics)?["openedx"]
            #expect(part?["tls"]?.text == "acme" && part?["host"]?.text == "learn.example.edu")

            let file = "\(tool.folder)/openedx-secrets.yml"
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let secrets = try String(contentsOfFile: file, encoding: .utf8)
            #expect(
                secrets.contains("mysql-root-password: canary-root\n") && !secrets.contains("canary-mail"))

            let again = try await tool.run(["import-tutor", "config.yml", "--output", "json"])
            #expect(again.status == 1 && again.errors.contains("is there already"))
            let other = try await tool.run([
                "import-tutor", "config.yml", "--output", "json", "--secrets-file", "kept/more.yml",
            ])
            #expect(try json(other.output)["left"]?.items?.isEmpty == false)
            #expect(!other.output.contains("canary"))
        }
    }

    @Test func anInventoryKeepsWhatItHas() async throws {
        try await withTool { tool in
            let inventory = """
                # Ours.
                cluster: campus # the only one
                hosts:
                  - { name: a, address: 192.0.2.1, role: control-plane }
                """
            try tool.write(inventory, to: "site/inventory.yml")
            try tool.write(Self.site, to: "config.yml")
            let words = ["import-tutor", "config.yml", "-i", "site/inventory.yml"]
            let outcome = try await tool.run(words)
            #expect(outcome.output == "site/openedx-secrets.yml\nsite/inventory.yml\n", "\(outcome.errors)")
            let text = try String(contentsOfFile: "\(tool.folder)/site/inventory.yml", encoding: .utf8)
            #expect(text.hasPrefix(inventory + "\n\nopenedx:\n"))
            #expect(try await tool.run(["validate", "-i", "site/inventory.yml"]).status == 0)

            let again = try await tool.run(words)
            #expect(again.status == 65)
            #expect(
                again.errors.contains("site/inventory.yml:6:1: the inventory has a part 'openedx' already"))
            #expect(try String(contentsOfFile: "\(tool.folder)/site/inventory.yml", encoding: .utf8) == text)
        }
    }

    @Test func whatCannotFitLeavesNothing() async throws {
        try await withTool { tool in
            try tool.write(Self.site + "MFE_HOST: apps.example.edu\n", to: "config.yml")
            let outcome = try await tool.run(["import-tutor", "config.yml"])
            #expect(outcome.status == 65 && outcome.output.isEmpty)
            #expect(outcome.errors.contains("config.yml:6:11: 'mfeHost'"), "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: "\(tool.folder)/openedx-secrets.yml"))
        }
    }
}
