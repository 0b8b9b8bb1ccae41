import Glibc

@testable import SSH

/// OpenSSH configuration files, whatever is in them, are read, and the host's target is found or refused.
///
/// A form feed ends one file and begins the next; they are `/c/0`, `/c/1` and so on, and there are no others.
enum SSHConfigFuzzing: Fuzzing {
    static func run(_ bytes: [UInt8]) {
        let texts = bytes.split(separator: 12, omittingEmptySubsequences: false)
        var files: [String: String] = [:]
        for (number, text) in texts.enumerated() {
            files["/c/\(number)"] = String(decoding: text, as: UTF8.self)
        }
        let names = files.keys.sorted()
        var reads = 0
        let source = ConfigurationSource(
            read: { path in
                reads += 1
                return files[path]
            },
            matching: { pattern in names.filter { fnmatch(pattern, $0, FNM_PATHNAME) == 0 } })
        var settings = SSHSettings(host: "host", homeFolder: "/nonexistent", localUser: "me", now: { 0 })
        settings.configurationFiles = ["/c/0"]
        let target = try? ClientConfiguration.target(for: settings, source: source)
        expect(reads <= 1000, "files were read \(reads) times")
        guard let target else { return }
        expect(Set(target.identityFiles).count == target.identityFiles.count, "a key twice: \(target)")
        settings.port = 2222
        settings.user = "operator"
        guard let said = try? ClientConfiguration.target(for: settings, source: source) else { return }
        expect(said.port == 2222 && said.user == "operator", "the file wins over the operator: \(said)")
    }
}
