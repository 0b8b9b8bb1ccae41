import Console
import Inventory
import Playbook
import Synchronization
import Vault
import YAML

/// Reads secrets from where the inventory says, each source once, however many hosts ask for it.
actor SecretReader {
    private let context: Context
    private let vaults: [String: SecretSource]
    private var known: [SecretSource: Task<Secret, any Error>] = [:]

    /// Makes a reader that knows nothing yet.
    ///
    /// - Parameters:
    ///   - context: what is outside of the process.
    ///   - vaults: where the passwords of Ansible's vaults come from, by vault id.
    init(_ context: Context, vaults: [String: SecretSource]) {
        self.context = context
        self.vaults = vaults
    }

    /// The secret of a source.
    ///
    /// - Parameters:
    ///   - source: where it comes from.
    ///   - what: what it is, for the question and for errors: `the sudo password of ubuntu`.
    /// - Returns: the secret.
    /// - Throws: ``Complaint``, what asking throws, or what the local command throws.
    func secret(_ source: SecretSource, what: String) async throws -> Secret {
        let task =
            known[source]
            ?? Task { [context] in
                let secret = try await read(source, what)
                context.redaction.add(secret)
                if !secret.canBeHidden {
                    let words = "has fewer than four characters: too short to be hidden where it is printed"
                    context.console.say("\(what) \(words)", .warning)
                }
                return secret
            }
        known[source] = task
        // The task belongs to no host alone, so cancelling does not reach it by itself; a question would go on.
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private func read(_ source: SecretSource, _ what: String) async throws -> Secret {
        switch source {
        case .literal(let text): return Secret(text)
        case .vault(let vault): return Secret(try await open(vault, what))
        case .vaultFile(let path, let key): return Secret(try await value(key, of: path, what))
        case .prompt: return Secret(try await context.console.secret(what))
        case .file(let path):
            return try Self.firstLine(of: try Files.read(context.path(path)), what, from: path)
        case .environment(let name):
            guard let value = context.environment[name], !value.isEmpty else {
                throw Complaint(.usage, "\(what): the environment variable \(name) is not set")
            }
            return Secret(value)
        case .command(let command):
            let result = try await LocalCommand.run(command, context)
            guard result.end == .code(0) else {
                throw Complaint(.failed, "\(what): the command failed: \(command)")
            }
            return try Self.firstLine(of: result.output, what, from: command)
        }
    }

    /// A value of a file whose whole is a vault, or some of whose values are.
    private func value(_ key: String, of path: String, _ what: String) async throws -> String {
        var text = String(decoding: try Files.read(context.path(path)), as: UTF8.self)
        if Vault.isVault(text) { text = try await open(try Self.vault(text, "\(what): \(path)"), what) }
        let diagnostics = Diagnostics()
        let document = YAMLParser.document(Array(text.utf8), file: path, diagnostics: diagnostics)
        // What the parser says may quote what was encrypted, so nothing of it is repeated.
        guard let document, !diagnostics.hasErrors else {
            throw Complaint(.badInput, "\(what): \(path) is no YAML once it is open")
        }
        guard case .scalar(let scalar) = document[key]?.content, !scalar.text.isEmpty else {
            throw Complaint(.badInput, "\(what): \(path) has no text '\(key)'")
        }
        guard Vault.isVault(scalar.text) else { return scalar.text }
        return try await open(try Self.vault(scalar.text, "\(what): '\(key)' of \(path)"), what)
    }

    private func open(_ vault: Vault, _ what: String) async throws -> String {
        let id = vault.id ?? "default"
        guard let source = vaults[id] else {
            throw Complaint(
                .badInput,
                "\(what): nothing gives the password of the vault '\(id)'; write it below 'vaults:' of the inventory"
            )
        }
        if case .vault = source {
            throw Complaint(.badInput, "the password of the vault '\(id)' is in a vault itself")
        }
        if case .vaultFile = source {
            throw Complaint(.badInput, "the password of the vault '\(id)' is in a vault itself")
        }
        let password = try await secret(source, what: "The password of the vault '\(id)'")
        do throws(VaultError) {
            return try vault.open(password: password.reveal())
        } catch {
            throw Complaint(.failed, "\(what): the vault '\(id)' \(error)")
        }
    }

    private static func vault(_ text: String, _ name: String) throws -> Vault {
        do throws(VaultError) {
            return try Vault(text)
        } catch {
            throw Complaint(.badInput, "\(name) \(error)")
        }
    }

    private static func firstLine(of bytes: [UInt8], _ what: String, from place: String) throws -> Secret {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard !line.isEmpty else { throw Complaint(.failed, "\(what): nothing came from \(place)") }
        return Secret(String(decoding: line, as: UTF8.self))
    }
}

/// A command on this machine whose output is wanted.
enum LocalCommand {
    /// Runs a command line by `sh -c` with the person's environment.
    static func run(_ line: String, _ context: Context) async throws -> (end: CommandEnd, output: [UInt8]) {
        let output = Mutex<[UInt8]>([])
        let end = try await LocalTransport(environment: context.variables).run(RemoteCommand(line)) { piece in
            if piece.stream == .output { output.withLock { $0 += piece.bytes } }
        }
        return (end, output.withLock { $0 })
    }
}
