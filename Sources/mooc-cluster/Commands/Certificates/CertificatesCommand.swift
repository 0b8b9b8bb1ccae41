import ArgumentParser

/// The commands below `certs`.
struct CertificatesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certs", abstract: "Show when the cluster's certificates end, and renew them.",
        subcommands: [CertificatesShow.self, CertificatesRenew.self])
}
