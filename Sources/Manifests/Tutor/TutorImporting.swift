internal import Inventory
internal import YAML

/// The work of taking a Tutor site over.
struct TutorImporting {
    /// The site.
    let site: TutorSite
    /// What becomes of its keys.
    let table: TutorTable
    /// The names that the edition has.
    let known: Cluster.Surroundings.KnownEdition
    /// Where errors go, and warnings of what is left.
    let diagnostics: Diagnostics
    /// The `openedx:` part so far.
    var part = Node(.mapping(Mapping()))
    private var values: [String: String] = [:]

    /// Prepares.
    init(
        site: TutorSite, table: TutorTable, known: Cluster.Surroundings.KnownEdition, diagnostics: Diagnostics
    ) {
        self.site = site
        self.table = table
        self.known = known
        self.diagnostics = diagnostics
    }

    /// The passwords and keys so far.
    var secrets: SecretValues { SecretValues(values) }

    /// Takes everything over that can be.
    mutating func take(_ target: TutorImport.Target) {
        part["edition"] = .string(target.edition)
        for (key, option) in table.texts {
            guard let text = site.text(key) else { continue }
            let registry = option == "registry" && text.hasSuffix("/")
            part[option] = placed(registry ? String(text.dropLast()) : text, at: key)
        }
        takeTLS(target.trustedProxies)
        takePlugins()
        takeStores(in: target.secretsFile)
        for (key, image) in table.images {
            if let text = site.text(key) { part[path: ["images", image]] = placed(text, at: key) }
        }
        takeSecrets(in: target.secretsFile)
        nameOthers()
    }

    /// Says which secrets that data was made with are not in the site's configuration.
    func nameMissing(of edition: Edition) {
        for (key, secret) in table.secrets where values[secret] == nil {
            guard edition.secrets.contains(where: { $0.name == secret && $0.fixed }) else { continue }
            diagnostics.warning(
                "\(key) is not there, so '\(secret)' will be made up, and the site's data does not know that one",
                at: nil, cure: "run `tutor config save`, then this again")
        }
    }

    /// A text at the place of a key of the site.
    func placed(_ text: String, at key: String) -> Node {
        Node(.scalar(Scalar(text, style: .doubleQuoted)), mark: site.node(key)?.mark)
    }

    private mutating func takeTLS(_ proxies: [String]) {
        let https = site.flag("ENABLE_HTTPS", usual: false)
        let web = site.flag("ENABLE_WEB_PROXY", usual: true)
        let mark = site.node("ENABLE_WEB_PROXY")?.mark
        switch (https, web) {
        case (false, true): part["tls"] = "none"
        case (true, true): part["tls"] = "acme"
        case (true, false):
            part["tls"] = "outside"
            if proxies.isEmpty {
                diagnostics.error(
                    "ENABLE_WEB_PROXY is false, so a balancer stands before the site, and nothing says where",
                    at: mark, cure: "name its addresses by --trusted-proxies")
            }
            part["trustedProxies"] = .sequence(proxies.map { .string($0) })
        case (false, false):
            diagnostics.error(
                "a balancer stands before the site and speaks plain HTTP with browsers; here such a one must end HTTPS",
                at: mark,
                cure: "set ENABLE_HTTPS where it does, or ENABLE_WEB_PROXY to have Caddy answer browsers")
        }
        if !proxies.isEmpty, https == false || web {
            diagnostics.error(
                "--trusted-proxies counts where ENABLE_HTTPS is true and ENABLE_WEB_PROXY false", at: nil)
        }
    }

    private mutating func takePlugins() {
        // Tutor switches these on where a site says nothing.
        let plugins = site.node("PLUGINS")
        let names = plugins.map { ($0.items ?? []).compactMap { item in item.text.map { ($0, item.mark) } } }
        var services: [String] = []
        for (name, mark) in names ?? [] where !table.always.contains(where: { $0.plugin == name }) {
            if known.services.contains(name) {
                services.append(name)
            } else {
                let reason =
                    table.without.first { $0.plugin == name }?.because
                    ?? known.ended.first { $0.name == name }?.reason
                    ?? "what it does is not known here; put objects of your own into a folder manifests/ beside the inventory"
                diagnostics.warning("plugin \(name): \(reason)", at: mark)
            }
        }
        for (plugin, because) in table.always where names?.contains(where: { $0.0 == plugin }) == false {
            diagnostics.warning("plugin \(plugin) is off: \(because)", at: plugins?.mark)
        }
        if !services.isEmpty { part["services"] = .sequence(services.map { .string($0) }) }
    }

    private mutating func takeSecrets(in file: String) {
        for (key, secret) in table.secrets { take(key, as: secret, in: file) }
    }

    /// Takes a password or key; an empty one is none.
    mutating func take(_ key: String, as secret: String, in file: String) {
        guard let text = site.text(key), !text.isEmpty else { return }
        values[secret] =
            text.hasPrefix("-----BEGIN")
            ? text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("-----") }.joined() : text
        part[path: ["secrets", secret]] = ["vault": .string(file), "key": .string(secret)]
    }

    /// Says what becomes of the keys that are not taken.
    private func nameOthers() {
        for (groups, isError) in [(table.refused, true), (table.left, false)] {
            for group in groups {
                for (key, values) in group.keys where !site.has(key, amongst: values) {
                    guard let mark = site.node(key)?.mark else { continue }
                    if isError {
                        diagnostics.error("\(key) cannot be taken over: \(group.because)", at: mark)
                    } else {
                        diagnostics.warning("\(key) is not taken over: \(group.because)", at: mark)
                    }
                }
            }
        }
        let plugins = (site.node("PLUGINS")?.items ?? []).compactMap(\.text).filter { name in
            !known.services.contains(name) && !table.always.contains { $0.plugin == name }
        }.map { $0.uppercased().replacing("-", with: "_") + "_" }
        let own: Set = ["PLUGINS", "ENABLE_HTTPS", "ENABLE_WEB_PROXY"]
        for entry in site.entries where !own.contains(entry.key) && !table.known.contains(entry.key) {
            // What a plugin does was spoken of already.
            guard !plugins.contains(where: { entry.key.hasPrefix($0) }) else { continue }
            diagnostics.warning(
                "\(entry.key) is not taken over: no setting of Tutor that is known here", at: entry.keyMark,
                cure: "see what of the site reads it, and set that here by hand")
        }
    }
}
