/// A kind of data store that an application keeps one instance of, and what a drill means for it.
package enum DataStore: String, Sendable, CaseIterable {
    case mysql, mongodb, redis, memcached, elasticsearch, meilisearch

    /// Whether an image is one of it, by its name.
    func isIn(_ image: String) -> Bool {
        let name = image.split(separator: "/").last?.prefix { $0 != ":" && $0 != "@" } ?? ""
        return names.contains { name == $0 }
    }

    private var names: [String] {
        switch self {
        case .mysql: ["mysql", "mariadb"]
        case .mongodb: ["mongo", "mongodb"]
        case .redis, .memcached, .elasticsearch, .meilisearch: [rawValue]
        }
    }

    /// What it refuses while it is away, and what it loses; it is one instance, so all of its data is away with it.
    ///
    /// A process that is killed leaves to the kernel what it had written; only a machine that goes down loses that.
    package var words: String {
        switch self {
        case .mysql:
            "refuses reads and writes while it is away; keeps what was committed, rolls the rest back"
        case .mongodb:
            "refuses reads and writes while it is away; keeps what it has acknowledged when its process is killed, "
                + "and may lose the last 100 ms (its journal's interval) when the machine goes down"
        case .redis:
            "refuses reads and writes while it is away; with its append-only file it may lose the last second when "
                + "the machine goes down"
        case .memcached: "is a cache: it comes back empty, and is filled anew"
        case .elasticsearch:
            "refuses searches and updates while it is away; keeps what it has acknowledged"
        case .meilisearch:
            "refuses searches while it is away; keeps finished tasks, and its indexes can be built anew"
        }
    }
}
