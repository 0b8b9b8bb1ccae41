import Console
import Inventory
import Playbook
import Provisioning
import SSH

/// How hosts are reached and how their login user becomes root, with a person to ask where there is one.
struct HostAccess: Sendable {
    private let context: Context
    private let secrets: SecretReader
    private let hostKeys: HostKeyPolicy
    private let passphrases: Dialogue<PassphraseQuestion, String?>?

    /// Prepares; nothing is opened or asked yet.
    init(_ context: Context, _ secrets: SecretReader, acceptsNewHostKeys: Bool) {
        self.context = context
        self.secrets = secrets
        let console = context.console
        if acceptsNewHostKeys {
            hostKeys = .acceptNew
        } else if console.canAsk {
            hostKeys = .ask(
                Dialogue { question in
                    let words = "\(question.host) is new here: \(question.type) \(question.fingerprint)"
                    return (try? await console.confirm("\(words)\nTrust it from now on?")) ?? false
                })
        } else {
            hostKeys = .strict
        }
        passphrases =
            console.canAsk
            ? Dialogue { try? await console.secret("Passphrase of \($0.file)") } : nil
    }

    /// Opens the way to a host.
    ///
    /// - Throws: `SSHError`.
    func connect(_ host: Host) async throws -> any Transport {
        guard let settings = SSHSettings(host, operator: base) else {
            return LocalTransport(environment: context.variables)
        }
        return SSHTransport(try await Session.connect(settings))
    }

    /// How programs become root there.
    ///
    /// - Throws: what reading the sudo password throws.
    func privilege(_ host: Host) async throws -> Privilege {
        guard case .ssh(let options) = host.connection, let source = options.sudoPassword else {
            return .sudo
        }
        let user = options.user.map { " of \($0)" } ?? ""
        return .sudoWithPassword(try await secrets.secret(source, what: "The sudo password\(user)"))
    }

    /// What holds for all hosts that SSH reaches.
    private var base: SSHSettings {
        var settings = SSHSettings(host: "", homeFolder: context.home, localUser: context.user)
        settings.agentSocket = context.environment["SSH_AUTH_SOCK"]
        settings.hostKeyPolicy = hostKeys
        settings.passphrases = passphrases
        return settings
    }
}
