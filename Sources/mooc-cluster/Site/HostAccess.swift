import Console
import Inventory
import Playbook
import Provisioning
import SSH
import Synchronization

/// How hosts are reached and how their login user becomes root, with a person to ask where there is one.
struct HostAccess: Sendable {
    private let context: Context
    private let secrets: SecretReader
    private var base: SSHSettings

    /// Prepares; nothing is opened or asked yet.
    init(_ context: Context, _ secrets: SecretReader, acceptsNewHostKeys: Bool) {
        self.context = context
        self.secrets = secrets
        var settings = SSHSettings(
            host: "", homeFolder: context.home, localUser: context.user,
            now: { UInt64(nanoseconds() / 1_000_000_000) })
        settings.agentSocket = context.environment["SSH_AUTH_SOCK"]
        settings.hostKeyPolicy = acceptsNewHostKeys ? .acceptNew : nil
        if context.console.canAsk { settings.person = Person(at: context.console) }
        let notices = Notices()
        settings.onNotice = { [console = context.console] notice in
            if notices.isNew(notice) { console.say(notice, .warning) }
        }
        base = settings
    }

    /// The same by keys alone, with nobody to type what a host asks for.
    var byKeys: HostAccess {
        var copy = self
        copy.base.person.prompts = nil
        copy.base.run = SSHRun()
        return copy
    }

    /// Opens the way to a host.
    ///
    /// - Throws: `SSHError`.
    func connect(_ host: Host) async throws -> any Transport {
        let settings = SSHSettings(host, operator: base) { [secrets] source, setting in
            do {
                return .text(try await secrets.secret(source, what: setting).reveal())
            } catch {
                return .missing(Failure(error).text)
            }
        }
        let tell: @Sendable (String) -> Void = { [console = context.console] title in
            console.say("runs: \(title)", .detail, host: host.name)
        }
        guard let settings else { return LocalTransport(environment: context.variables, onCommand: tell) }
        return SSHTransport(try await Session.connect(settings), onCommand: tell)
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
}

extension Person {
    /// Whoever sits at the terminal.
    fileprivate init(at console: Console) {
        self.init()
        hostKeys = Dialogue { question in
            var words = "\(question.host) is new here: \(question.type) \(question.fingerprint)"
            if let authority = question.authority {
                words +=
                    "\n(\(authority.file):\(authority.line) has an authority vouch for it by a certificate: "
                    + "\(authority.reason))"
            }
            return (try? await console.confirm("\(words)\nTrust it from now on?")) ?? false
        }
        passphrases = Dialogue { question in
            let again = question.attempt > 1 ? " (that was another one)" : ""
            return await Self.answer { try await console.secret("Passphrase of \(question.file)\(again)") }
        }
        prompts = Dialogue { question in
            // The host's words may hold anything; what a terminal would obey is left out.
            let text = question.text.filter { !$0.isNewline && ($0.asciiValue ?? 32) >= 32 }
            return await Self.answer { try await console.secret("\(question.host) asks: \(text)") }
        }
    }

    private static func answer(_ ask: () async throws -> String) async -> SecretAnswer {
        do {
            return .text(try await ask())
        } catch {
            return .missing(Failure(error).text)
        }
    }
}

/// What was said already, so that fifty hosts do not say it fifty times.
private final class Notices: Sendable {
    private let said = Mutex<Set<String>>([])

    /// Whether nobody has said it yet.
    func isNew(_ notice: String) -> Bool { said.withLock { $0.insert(notice).inserted } }
}
