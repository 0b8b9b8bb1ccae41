package import Inventory
internal import YAML

extension Edition {
    /// The edition as an inventory chooses it: of its size, without the services that are off and the stores that are
    /// outside, with what the services that are on change of others, and with claims of the sizes that it names.
    package func chosen(by part: ApplicationPart) -> Edition {
        let on = services.filter { part.services.contains($0.name) }
        let off = services.filter { !part.services.contains($0.name) }
        let outside = stores.filter { store in part.stores.contains { $0.name == store.name } }
        let without = off.map(\.part) + outside.map(\.part)
        let tls = self.tls.filter { $0.name == part.tls ?? self.tls.first?.name }
        let otherTLS = self.tls.filter { $0.name != tls.first?.name }
        let edge = edges.filter { $0.name == part.edge ?? edges.first?.name }
        let otherEdges = edges.filter { $0.name != edge.first?.name }
        let inside = stores.filter { store in !outside.contains { $0.name == store.name } }
        let remote = part.s3.flatMap { _ in s3?.part }
        let scalers = autoscalers.filter { $0.name == part.autoscaler ?? autoscalers.first?.name }
        let otherScalers = autoscalers.filter { $0.name != scalers.first?.name }
        let others = (otherEdges.map(\.files) + otherTLS.map(\.files) + otherScalers.map(\.files)).flatMap(
            \.self)
        let reaches = self.reaches(for: part)
        let passwords = idlePasswords(reaches)
        let trust = reaches.contains(where: \.hasAuthority) ? nil : authorities?.file
        let files = Set(
            without.flatMap(\.files) + inside.flatMap(\.outsideFiles) + others + (remote?.files ?? [])
                + [trust].compactMap(\.self))
        let claims = Set(without.flatMap(\.claims) + (remote?.claims ?? []))
        let secrets = Set(
            without.flatMap(\.secrets) + otherTLS.flatMap(\.secrets)
                + (remote == nil ? s3?.part.secrets ?? [] : []) + passwords)
        let isSecure = tls.contains(where: \.speaksHTTPS)
        let changes =
            tls.flatMap(\.changes) + edge.flatMap { isSecure ? $0.https : $0.http }
            + on.flatMap(\.part.changes) + (remote?.changes ?? [])

        var edition = self
        edition.platformName = part.platformName ?? platformName
        edition.tls = tls
        edition.edges = edge
        edition.services = on
        edition.autoscalers = scalers
        edition.size = sizes.first { $0.name == part.size ?? sizes.first?.name }
        edition.claims.removeAll { claims.contains($0.name) }
        for index in edition.claims.indices {
            let own = part.volumeSizes.last { $0.claim == edition.claims[index].name }
            edition.claims[index].size = own?.size ?? edition.claims[index].size
        }
        edition.secrets.removeAll { secrets.contains($0.name) }
        edition.waves = waves.map { wave in
            var wave = wave
            wave.files.removeAll { files.contains($0.name) }
            for index in wave.files.indices {
                wave.files[index].objects = wave.files[index].objects.map {
                    reaching($0.changed(by: changes), reaches)
                }
            }
            return wave
        }
        return edition
    }
}

extension Node {
    /// The object with those changes laid over it that have its kind and name.
    fileprivate func changed(by changes: [Node]) -> Node {
        changes.filter { $0.isChange(of: self) }.reduce(self) { $0.merged(with: $1) }
    }

    /// Whether this is to be laid over an object.
    func isChange(of object: Node) -> Bool {
        let name = ["metadata", "name"]
        return self["kind"]?.text == object["kind"]?.text
            && self[path: name]?.text == object[path: name]?.text
    }
}
