import YAML

extension ApplicationPart {
    /// Keys that not every edition has a use for.
    private static var options: [String] {
        [
            "studioHost", "mfeHost", "platformName", "contactEmail", "language", "tls", "trustedProxies",
            "certificate", "edge", "ingressClass", "services", "stores", "size", "users", "maxReplicas",
            "autoscaler", "s3",
        ]
    }

    /// Reads what an inventory can choose in some editions, and checks it against the one that it names.
    mutating func readChoices(
        _ reader: inout MappingReader, of edition: Cluster.Surroundings.KnownEdition?,
        in reading: InventoryReading
    ) {
        studioHost = reader.string("studioHost", as: .hostName)
        mfeHost = reader.string("mfeHost", as: .hostName)
        platformName = reader.string("platformName", as: .title)
        contactEmail = reader.string("contactEmail", as: .mail)
        language = reader.string("language", as: .language)
        let ways = edition?.tls.map(\.name) ?? []
        tls = ways.isEmpty ? reader.string("tls") : reader.choice("tls", of: ways)
        trustedProxies = Self.proxies(&reader)
        let edges = edition?.edges.map(\.name) ?? []
        edge = edges.isEmpty ? reader.string("edge") : reader.choice("edge", of: edges)
        ingressClass = reader.string("ingressClass", as: .label)
        services = Self.services(&reader, of: edition)
        readStores(&reader, of: edition, in: reading)
        size = Self.size(&reader, of: edition)
        readScaling(&reader, of: edition)
        s3 = ObjectStore.read(&reader, of: edition, given: secrets.map(\.name))
        checkHosts(reader)
        guard let edition else { return }
        for option in Self.options where reader.has(option) && !edition.options.contains(option) {
            reader.diagnostics.error(
                "'\(option)' of \(reader.what) means nothing to "
                    + (application == Self.openedx ? "the edition '\(self.edition)'" : "it"),
                at: reader.mark(of: option), cure: "take it out")
        }
        checkNeeds(reader, of: edition)
        if edition.options.contains("mfeHost"), !host.isEmpty, !host.contains(".") {
            reader.diagnostics.error(
                "'host' of \(reader.what) is '\(host)', and browsers keep no login for all names below a name without a dot",
                at: reader.mark(of: "host"), cure: "write a name such as \(host).example.edu")
        }
    }

    /// Browsers send the LMS's cookies to what lies below its name, and to nothing else.
    private func checkHosts(_ reader: MappingReader) {
        guard !host.isEmpty else { return }
        for (key, name, usual) in [("studioHost", studioHost, "studio"), ("mfeHost", mfeHost, "apps")] {
            guard let name, !name.lowercased().hasSuffix(".\(host.lowercased())") else { continue }
            reader.diagnostics.error(
                "'\(key)' of \(reader.what) is '\(name)', which does not lie below the LMS's '\(host)', so browsers would not send the login there",
                at: reader.mark(of: key), cure: "write something like \(usual).\(host)")
        }
        if let mfeHost, mfeHost.lowercased() == (studioHost ?? "studio.\(host)").lowercased() {
            reader.diagnostics.error(
                "'mfeHost' of \(reader.what) is Studio's '\(mfeHost)'", at: reader.mark(of: "mfeHost"),
                cure: "give each a name of its own")
        }
    }

    /// What a choice needs besides.
    private func checkNeeds(_ reader: MappingReader, of edition: Cluster.Surroundings.KnownEdition) {
        let way = edition.edges.first { $0.name == edge }
        let chosen = [
            ("tls", tls, edition.tls.first { $0.name == tls }?.needs ?? []), ("edge", edge, way?.needs ?? []),
        ]
        for (choice, name, needs) in chosen {
            for key in needs where !reader.has(key) {
                reader.diagnostics.error(
                    "'\(choice)' of \(reader.what) is '\(name ?? "")' and there is no '\(key)'",
                    at: reader.mark(of: choice), cure: "add '\(key): …'")
            }
        }
        for key in ["trustedProxies", "ingressClass", "certificate"]
        where reader.has(key) && edition.options.contains(key)
            && !chosen.contains(where: { $0.2.contains(key) })
        {
            let ways =
                edition.tls.filter { $0.needs.contains(key) }.map { "'tls: \($0.name)'" }
                + edition.edges.filter { $0.needs.contains(key) }.map { "'edge: \($0.name)'" }
            reader.diagnostics.error(
                "'\(key)' of \(reader.what) counts with \(ways.joined(separator: " or ")) alone",
                at: reader.mark(of: key), cure: "take it out, or set the other")
        }
        if let way, !way.tls.isEmpty, !way.tls.contains(tls ?? "") {
            reader.diagnostics.error(
                "'edge' of \(reader.what) is '\(way.name)', which goes with 'tls: \(way.tls.joined(separator: ", "))' alone",
                at: reader.mark(of: "edge"), cure: "set 'tls' to that")
        }
    }

    private static func proxies(_ reader: inout MappingReader) -> [CIDR] {
        (reader.sequence("trustedProxies") ?? []).compactMap { node in
            guard let text = reader.text(node, of: "trustedProxies") else { return nil }
            if let network = CIDR(text) { return network }
            if let address = CIDR.address(of: text) { return CIDR(address: address, prefix: 32) }
            reader.diagnostics.error(
                "'trustedProxies' of \(reader.what) must be addresses or networks, not '\(text)'",
                at: node.mark,
                cure: "write something like 192.0.2.10 or 192.0.2.0/28")
            return nil
        }
    }

    /// The size by its name, or the smallest that is for so many learners at once.
    private static func size(
        _ reader: inout MappingReader, of edition: Cluster.Surroundings.KnownEdition?
    ) -> String? {
        let sizes = edition?.sizes ?? []
        let size = sizes.isEmpty ? reader.string("size") : reader.choice("size", of: sizes.map(\.name))
        guard let users = reader.int("users", in: 1...Int.max) else { return size }
        if reader.has("size") {
            reader.diagnostics.error(
                "'size' and 'users' of \(reader.what) both say how large it is", at: reader.mark(of: "users"),
                cure: "keep one of them")
        }
        guard let largest = sizes.last else { return size }
        guard let fit = sizes.first(where: { $0.users >= users }) else {
            reader.diagnostics.error(
                "'users' of \(reader.what) is \(users), and the largest size '\(largest.name)' is for \(largest.users) learners at once",
                at: reader.mark(of: "users"),
                cure: "write \(largest.users) or fewer, and say with 'replicas' what runs more often")
            return nil
        }
        return fit.name
    }

    private static func services(
        _ reader: inout MappingReader, of edition: Cluster.Surroundings.KnownEdition?
    ) -> [String] {
        var services: [String] = []
        for node in reader.sequence("services") ?? [] {
            guard let name = reader.text(node, of: "services") else { continue }
            if let ended = edition?.ended.first(where: { $0.name == name }) {
                reader.diagnostics.error(
                    "'services' of \(reader.what) names '\(name)': \(ended.reason)", at: node.mark,
                    cure: "take it out")
            } else if let edition, edition.options.contains("services"), !edition.services.contains(name) {
                unknown(name, "service", among: edition.services, reader, "services", at: node.mark)
            } else if services.contains(name) {
                reader.diagnostics.error(
                    "'services' of \(reader.what) names '\(name)' twice", at: node.mark, cure: "take one out")
            } else {
                services.append(name)
            }
        }
        return services
    }

    /// Says that the edition has nothing of a name that the inventory gives.
    static func unknown(
        _ name: String, _ what: String, among known: [String], _ reader: MappingReader, _ key: String,
        at mark: Mark?
    ) {
        reader.diagnostics.error(
            "'\(key)' of \(reader.what) names '\(name)', and the edition has no such \(what)", at: mark,
            cure: Suggestion.words(
                for: name, among: known, otherwise: "known are \(known.joined(separator: ", "))"))
    }
}
