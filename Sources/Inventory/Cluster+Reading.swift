package import YAML

extension Cluster {
    /// Reads an inventory, fills in what it leaves out, and checks it, without a network.
    ///
    /// Everything that is wrong goes to `diagnostics` at once, each with its place and what would be right;
    /// the result is nil when anything is.
    package static func read(
        _ bytes: [UInt8], file: String, in surroundings: Surroundings, diagnostics: Diagnostics
    ) -> Cluster? {
        let own = Diagnostics()
        defer { diagnostics.add(contentsOf: own.sorted) }
        guard let node = YAMLParser.document(bytes, file: file, diagnostics: own),
            var reader = MappingReader(node, what: "the inventory", diagnostics: own)
        else { return nil }
        let reading = InventoryReading(file: file, surroundings: surroundings, diagnostics: own)
        let name = reader.requiredString("cluster", as: .label)
        let kubernetes = part("kubernetes", of: &reader) { Kubernetes.read(&$0, in: reading) }
        let ssh = part("ssh", of: &reader) { SSHOptions.read(&$0, over: .standard, in: reading) }
        let mirrors = part("mirrors", of: &reader) { Mirrors.read(&$0, in: reading) }
        let hosts = (reader.requiredSequence("hosts") ?? []).enumerated().compactMap { index, item in
            Host.read(item, number: index + 1, ssh: ssh ?? .standard, in: reading)
        }
        let vaults = reader.entries("vaults").map { entry in
            (
                entry.key,
                SecretSource.read(entry.value, named: "the password of the vault '\(entry.key)'", in: reading)
            )
        }
        var applications: [ApplicationDraft] = []
        if var inner = reader.mapping("openedx", what: "the part 'openedx'") {
            applications.append(ApplicationPart.read(&inner, of: ApplicationPart.openedx, in: reading))
        }
        applications += ApplicationPart.others(&reader, in: reading)
        reader.finish()
        let hostsMark = reader.value("hosts").flatMap(\.mark)
        ClusterChecks(
            kubernetes: kubernetes, hosts: hosts, applications: applications, hostsMark: hostsMark,
            diagnostics: own
        ).run()
        guard !own.hasErrors, let name, let kubernetes else { return nil }
        return Cluster(
            name: name, file: file, kubernetes: kubernetes.kubernetes, mirrors: mirrors ?? .none,
            vaults: Dictionary(vaults) { first, _ in first }.compactMapValues { $0 },
            hosts: hosts.map(\.host), applications: applications.map(\.part))
    }

    /// Reads a part that may be left out, which then is like an empty one; nil when it is no mapping.
    private static func part<Part>(
        _ key: String, of reader: inout MappingReader, read: (inout MappingReader) -> Part
    ) -> Part? {
        let what = "the part '\(key)'"
        let node = reader.value(key) ?? Node(.mapping(Mapping()), mark: reader.mark)
        guard var inner = MappingReader(node, what: what, diagnostics: reader.diagnostics) else { return nil }
        return read(&inner)
    }
}
