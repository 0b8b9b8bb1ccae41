import ArgumentParser
import Assets
import Console
import Glibc
import Inventory
import Manifests
import YAML

/// The command `import-tutor`.
struct ImportTutor: ClusterCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-tutor",
        abstract: "Take the configuration and the secrets of a Tutor site over.",
        discussion: """
            Writes the part 'openedx' of an inventory that means the same: to standard output, or with -i to the end \
            of that inventory, which must have none yet. The site's passwords and keys go into a file of their own, \
            which only its owner may read, which ansible-vault may encrypt, and which the part names. What cannot be \
            taken over is said, each with the reason. Data is not moved: databases and media stay where they are.

            Examples:
              mooc-cluster import-tutor "$(tutor config printroot)/config.yml"
              mooc-cluster import-tutor config.yml -i inventory.yml --secrets-file secrets/tutor.yml
              mooc-cluster import-tutor config.yml --trusted-proxies 192.0.2.10,192.0.2.16/28
            """)

    @Argument(help: "The config.yml of the Tutor site.", completion: .file(extensions: ["yml"]))
    var config: String

    @Option(
        help: ArgumentHelp(
            "The file of secrets to write; a path starts at the inventory's folder.", valueName: "file"),
        completion: .file(extensions: ["yml"]))
    var secretsFile = "openedx-secrets.yml"

    @Option(
        help: ArgumentHelp(
            "Where the balancer before a site without a web proxy of its own is, comma-separated.",
            valueName: "addresses"))
    var trustedProxies: String?

    @OptionGroup var common: CommonOptions

    /// The edition that a site is taken over into: the one that its table is for.
    private static let edition = "verawood"

    func run(in context: Context) async throws -> ExitStatus {
        let inventory = common.inventory
        let before = try inventory.map { try open($0, context) }
        let taken = try read(for: inventory ?? "inventory.yml", context)
        let part: Node = ["openedx": taken.part]
        let text = try before.map { try extended($0, by: part.yaml(), inventory ?? "") }

        let secrets = context.path(resolved(secretsFile))
        try keep(taken.secrets, in: secrets)
        if let inventory, let text { try Files.rewrite(text, through: context.path(inventory)) }
        context.console.list(taken.left.map(\.description), .warning)
        switch (common.output, inventory) {
        case (.json, _):
            var result = part
            result["files"] = .sequence(([secrets] + (inventory.map { [$0] } ?? [])).map { .string($0) })
            result["left"] = .sequence(taken.left.map { .string($0.description) })
            context.console.result(result.json(pretty: true) + "\n")
        case (.text, let inventory?): context.result(files: [secrets, inventory], .text)
        case (.text, nil):
            context.console.result(part.yaml())
            context.console.say("\(taken.secrets.keys.count) secrets are in \(secrets)")
        }
        return .done
    }

    /// The text of an inventory that has no part `openedx`.
    private func open(_ inventory: String, _ context: Context) throws -> String {
        let bytes = try Files.read(context.path(inventory))
        let diagnostics = Diagnostics()
        let node = YAMLParser.document(bytes, file: inventory, diagnostics: diagnostics)
        if diagnostics.hasErrors { throw InvalidInput(diagnostics.sorted) }
        if let entry = node?.entries?.first(where: { $0.key == "openedx" }) {
            diagnostics.error(
                "the inventory has a part 'openedx' already", at: entry.keyMark,
                cure: "take it out first, or leave -i out to see what would be written")
            throw InvalidInput(diagnostics.sorted)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// An inventory with a part at its end.
    private func extended(_ text: String, by part: String, _ inventory: String) throws -> String {
        let result = text + (text.isEmpty || text.hasSuffix("\n") ? "" : "\n") + "\n" + part
        let node = YAMLParser.document(Array(result.utf8), file: inventory, diagnostics: Diagnostics())
        guard node?["openedx"] != nil else {
            throw Complaint(
                .badInput, "\(inventory): nothing can be added at its end; leave -i out, and add it yourself")
        }
        return result
    }

    private func read(for inventory: String, _ context: Context) throws -> TutorImport {
        let bytes: [UInt8]
        do {
            bytes = try Files.read(context.path(config))
        } catch {
            throw Complaint(.badInput, error.description)
        }
        let folder = inventory.lastIndex(of: "/").map { String(inventory[..<$0]) } ?? "."
        let assets = try Assets(beside: context.path(folder))
        var surroundings = try common.surroundings(context, assets, Diagnostics())
        // It is written once all is well.
        surroundings.fileMode = { _ in 0o600 }
        let proxies = trustedProxies?.split(separator: ",").map(String.init) ?? []
        return try TutorImport(
            bytes, file: config,
            into: .init(
                edition: Self.edition, inventory: inventory, secretsFile: secretsFile, trustedProxies: proxies
            ),
            files: assets.manifests, surroundings: surroundings)
    }

    /// The file of secrets as it is opened.
    private func resolved(_ path: String) -> String {
        guard !path.hasPrefix("/"), !path.hasPrefix("~/"), let slash = common.inventory?.lastIndex(of: "/"),
            let inventory = common.inventory
        else { return path }
        return inventory[...slash] + path
    }

    private func keep(_ secrets: SecretValues, in file: String) throws {
        var values = Mapping()
        for key in secrets.keys { values[key] = secrets.reveal(key).map { .string($0) } }
        if let slash = file.lastIndex(of: "/"), slash > file.startIndex {
            try Files.makeFolder(String(file[..<slash]))
        }
        do {
            let head = "# Passwords and keys of a Tutor site. ansible-vault may encrypt this file.\n"
            try Files.write(head + Node(.mapping(values)).yaml(), to: file, mode: 0o600, replaces: false)
        } catch {
            guard error.code == EEXIST else { throw error }
            throw Complaint(
                .failed, "\(file) is there already; remove it first, or name another by --secrets-file")
        }
    }
}
