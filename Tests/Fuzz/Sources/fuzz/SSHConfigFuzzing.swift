@testable import SSH

/// An OpenSSH configuration file, whatever is in it, is read, and the host's target is found or refused.
enum SSHConfigFuzzing: Fuzzing {
    private static let file = ScratchFile()

    static func run(_ bytes: [UInt8]) {
        file.write(bytes)
        var settings = SSHSettings(host: "host", homeFolder: "/nonexistent", localUser: "me")
        settings.configurationFiles = [file.path]
        guard let target = try? ClientConfiguration.target(for: settings) else { return }
        expect(Set(target.identityFiles).count == target.identityFiles.count, "a key twice: \(target)")
        settings.port = 2222
        settings.user = "operator"
        guard let said = try? ClientConfiguration.target(for: settings) else { return }
        expect(said.port == 2222 && said.user == "operator", "the file wins over the operator: \(said)")
    }
}
