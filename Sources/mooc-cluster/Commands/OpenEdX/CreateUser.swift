import ArgumentParser
import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

/// The command `openedx create-user`.
struct CreateUser: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "create-user",
        abstract: "Make a user of the platform, or give one a new password and more rights.",
        discussion: """
            `manage.py lms shell` in a pod of the LMS does it, and reads the password on standard input. A user who is \
            there with the same address gets the password and the rights, and keeps those that they have; one with \
            another address is left alone.

            Examples:
              mooc-cluster openedx create-user ada ada@example.edu --staff --password file:ada.txt
            """)

    @Argument(help: "The name to log in with.")
    var name: String

    @Argument(help: "The e-mail address.")
    var email: String

    @Flag(help: "They may use what is there for the platform's staff, such as Studio.")
    var staff = false

    @Flag(help: "They may do everything, also in Django's administration.")
    var superuser = false

    @Option(
        help: ArgumentHelp(
            "Where the password comes from: prompt, env:VARIABLE, file:PATH (its first line) or command:LINE (the "
                + "first line that it prints).", valueName: "source"))
    var password = SecretOrigin(source: .prompt)

    @OptionGroup var plan: PlanOptions
    @OptionGroup var lock: LockOptions
    @OptionGroup var hosts: RunOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "-_.@+".contains($0) }),
            name.first != "-"
        else { throw ValidationError("a name has letters, digits and _ . @ + - alone, not '\(name)'") }
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), email.first != "-",
            !email.contains(where: \.isWhitespace)
        else { throw ValidationError("'\(email)' is no e-mail address") }
    }

    func run(in context: Context) async throws -> ExitStatus {
        let site = try common.site(context)
        let application = try Application.platform(site)
        let operation = Operation("openedx-create-user", site, hosts, context, streams: true)
        let user = NewUser(name: name, email: email, isStaff: staff, isSuperuser: superuser)
        guard !plan.isOn else {
            let isNew = try await operation.upkeep(application).plan(creationOf: user)
            operation.conclude(
                ["user": .string(name), "created": .bool(isNew)],
                text: isNew
                    ? "would create: the user \(name)\n"
                    : "would change: the user \(name) gets the new password, and the rights that are given\n",
                common.output)
            return .pending
        }
        let secret = try await operation.secrets.secret(password.source, what: "The password of \(name)")
        return try await operation.alone(lock) {
            let upkeep = try await operation.upkeep(application)
            let isNew = try await upkeep.create(user, password: secret.reveal())
            operation.conclude(
                ["user": .string(name), "created": .bool(isNew)],
                text: isNew
                    ? "\(name) is a user now\n" : "\(name) was a user already, and has the new password\n",
                common.output)
            return .done
        }
    }
}
