internal import YAML

extension TutorImporting {
    /// Takes over where stores are that the site does not run itself, and how they are reached.
    mutating func takeStores(in file: String) {
        for store in table.stores {
            guard !site.flag(store.run, usual: true) else {
                nameIdle(store)
                continue
            }
            guard let host = site.text(store.host) else {
                diagnostics.error(
                    "\(store.run) is false and there is no \(store.host)", at: site.node(store.run)?.mark)
                continue
            }
            part[path: ["stores", store.name, "host"]] = placed(host, at: store.host)
            if let port = site.text(store.port), let number = Int(port) {
                part[path: ["stores", store.name, "port"]] = .int(number)
            }
            for (option, key) in [("user", store.user)] + store.more.map({ ($0, $1) }) {
                guard let key, let text = site.text(key), !text.isEmpty else { continue }
                part[path: ["stores", store.name, option]] = placed(text, at: key)
            }
            let ways = store.tls.filter { site.flag($0.key, usual: false) }
            if ways.count > 1 {
                diagnostics.error(
                    "\(ways.map(\.key).joined(separator: " and ")) are both true, of which one at most can be",
                    at: site.node(ways[1].key)?.mark)
            }
            if let way = ways.first {
                part[path: ["stores", store.name, "tls"]] =
                    way.way == "true" ? .bool(true) : .string(way.way)
            }
            if let (key, secret) = store.password { take(key, as: secret, in: file) }
        }
    }

    /// Says which keys count with a store outside alone, once where two stores have them.
    private func nameIdle(_ store: TutorTable.Store) {
        guard table.stores.first(where: { $0.run == store.run })?.name == store.name else { return }
        let login = store.password.map { [store.user, $0.key].compactMap(\.self) } ?? []
        let tls = store.tls.map(\.key).filter { site.flag($0, usual: false) }
        for key in login.filter({ site.node($0).flatMap(TutorSite.plain)?.isEmpty == false }) + tls {
            diagnostics.warning(
                "\(key) is not taken over: \(store.run) is not false, and the store that runs here takes no login and no TLS",
                at: site.node(key)?.mark)
        }
    }
}
