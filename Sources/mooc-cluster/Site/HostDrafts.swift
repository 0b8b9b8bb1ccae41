import Console
import Inventory
import Provisioning

/// Hosts as a person names them on the command line, and as an inventory that fits them has them.
struct HostDrafts {
    /// What holds for all of them.
    let settings: [Starter.Setting]
    /// The words: `user@host:port`.
    let words: [String]

    /// The hosts before anybody has looked: their names are numbers.
    ///
    /// - Throws: ``Complaint`` for a word that names no host, or one twice.
    func named() throws -> [Starter.Host] {
        var seen: Set<String> = []
        return try words.enumerated().map { index, word in
            var rest = word[...]
            var own: [Starter.Setting] = []
            if let sign = rest.lastIndex(of: "@") {
                own.append(Starter.Setting("user", String(rest[..<sign])))
                rest = rest[rest.index(after: sign)...]
            }
            if let colon = rest.lastIndex(of: ":"), let port = UInt16(rest[rest.index(after: colon)...]) {
                own.append(Starter.Setting("port", yaml: "\(port)"))
                rest = rest[..<colon]
            }
            let address = String(rest)
            guard Starter.isAddress(address) else {
                throw Complaint(
                    .usage, "'\(word)' is no host; write user@host, with an IPv4 address or a name")
            }
            guard seen.insert(address).inserted else {
                throw Complaint(.usage, "'\(address)' is named twice")
            }
            var host = Starter.Host(
                name: "host-\(index + 1)", address: address, role: index == 0 ? .controlPlane : .worker)
            host.settings = own + settings
            return host
        }
    }

    /// The hosts as they are: with names of their own, their addresses inside of the cluster, and what they are in a
    /// comment.
    static func fitted(_ hosts: [Starter.Host], to answers: [HostLook.Answer]) -> [Starter.Host] {
        let names = answers.map { $0.facts.hostname.lowercased().prefix { $0 != "." } }
        // An address that several have is that of a net of each one's own, as of virtual machines.
        let inner = zip(hosts, answers).map { innerAddress(of: $0, $1.facts) }
        return zip(hosts, answers).enumerated().map { index, pair in
            var (host, answer) = pair
            let name = String(names[index])
            let isOwn = Starter.isName(name) && name != "localhost" && names.count(where: { $0 == name }) == 1
            if isOwn { host.name = name }
            host.privateAddress = inner[index].flatMap { address in
                inner.count { $0 == address } == 1 ? address : nil
            }
            if answer.wantsSudoPassword, !host.settings.contains(where: { $0.key == "sudoPassword" }) {
                host.settings.append(Starter.Setting("sudoPassword", "prompt"))
            }
            host.note = note(answer.facts)
            return host
        }
    }

    /// The address on the way out of a host, where it is not reached by one that it has itself.
    private static func innerAddress(of host: Starter.Host, _ facts: HostFacts) -> String? {
        let own = facts.addresses.map { ($0.link, CIDR.dotted($0.address.address)) }
        guard !own.contains(where: { $0.1 == host.address }) else { return nil }
        let link = facts.routes.first { $0.network == nil }?.link
        return own.first { $0.0 == link }?.1
    }

    private static func note(_ facts: HostFacts) -> String {
        let names = facts.links.map(\.name)
        let addresses = facts.addresses.filter { names.contains($0.link) }.map { "\($0.link) \($0.address)" }
        let disk = facts.disks.first { $0.path == "/" }.map { "\(gibibytes($0.freeKiB)) GiB free on /" }
        let parts = [
            facts.systemName, "\(facts.processors) processor\(facts.processors == 1 ? "" : "s")",
            "\(gibibytes(facts.memoryKiB)) GiB", disk, addresses.joined(separator: ", "),
        ].compactMap { $0 }.filter { !$0.isEmpty }
        // What a host calls itself may hold anything.
        return parts.joined(separator: "; ").filter { !$0.isNewline && ($0.asciiValue ?? 32) >= 32 }
    }

    private static func gibibytes(_ kibibytes: Int) -> String {
        let tenths = kibibytes * 10 / 1_048_576
        return "\(tenths / 10).\(tenths % 10)"
    }
}
