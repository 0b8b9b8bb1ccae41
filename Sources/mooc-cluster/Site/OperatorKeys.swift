import Inventory
import Provisioning

/// The keys of this person that hosts are to let in.
struct OperatorKeys {
    /// A key: the path of its private half, and the line of its public one.
    struct File {
        let path: String
        let key: PublicKeyLine
    }

    /// The one that is made where there is none.
    static let new = "~/.ssh/id_ed25519"

    private let context: Context
    private let named: String?

    /// Prepares.
    ///
    /// - Parameters:
    ///   - context: what is outside of the process.
    ///   - named: the public key that the person names.
    init(_ context: Context, named: String?) {
        self.context = context
        self.named = named
    }

    /// The named key, by its private half, where no login finds it by itself.
    var unusual: String? {
        guard let named else { return nil }
        let path = Self.privateHalf(of: named)
        return usual.contains(context.path(path)) ? nil : path
    }

    /// Whether a host has no key by name and there is none in the usual place.
    func isMissing(for hosts: [Host]) -> Bool {
        named == nil && usual.isEmpty && hosts.contains { Self.key(of: $0) == nil }
    }

    /// The keys for hosts, by their names.
    ///
    /// - Throws: ``Complaint`` where one is no public key, and `FileError`.
    func files(for hosts: [Host]) throws -> [String: File] {
        var read: [String: File] = [:]
        var files: [String: File] = [:]
        for host in hosts {
            let path = named.map(Self.privateHalf) ?? Self.key(of: host) ?? usual.first ?? Self.new
            let file = try read[path] ?? self.file(path)
            read[path] = file
            files[host.name] = file
        }
        return files
    }

    private func file(_ path: String) throws -> File {
        let half = context.path(path)
        guard let key = PublicKeyLine(try Files.read(half + ".pub")) else {
            throw Complaint(
                .usage,
                "\(path).pub is no public key; `ssh-keygen -y -f \(path)` prints that of a private one")
        }
        return File(path: half, key: key)
    }

    /// The private halves of the keys in ~/.ssh, the ones of the newer kind first.
    private var usual: [String] {
        let folder = context.path("~/.ssh")
        let kinds = ["id_ed25519", "id_ecdsa"]
        let names = Files.names(in: folder).filter { $0.hasPrefix("id_") && $0.hasSuffix(".pub") }
            .map { String($0.dropLast(4)) }
        return (kinds.filter(names.contains) + names.filter { !kinds.contains($0) }).map { "\(folder)/\($0)" }
    }

    private static func key(of host: Host) -> String? {
        if case .ssh(let options) = host.connection { options.key } else { nil }
    }

    private static func privateHalf(of path: String) -> String {
        path.hasSuffix(".pub") ? String(path.dropLast(4)) : path
    }
}
