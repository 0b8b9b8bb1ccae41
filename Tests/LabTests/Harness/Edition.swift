/// What an edition of Open edX runs, as the issues list it.
struct Edition: Sendable {
    /// Its Deployments and StatefulSets.
    let services: [String]
    /// The claims of its data stores.
    let stores: Set<String>

    /// The fifteen services of 2019.
    static let ironwood = Edition(
        services: [
            "chrome", "credentials", "devpi", "discovery", "ecommerce", "edx-notes-api", "elasticsearch",
            "firefox", "forum", "gradebook", "lms", "memcached", "mongo", "mysql", "studio",
        ], stores: ["mysql-data", "mongo-data", "elasticsearch-data"])

    /// The twelve services of 2026, without those that can be switched on.
    static let verawood = Edition(
        services: [
            "caddy", "cms", "cms-worker", "lms", "lms-worker", "meilisearch", "mfe", "mongodb", "mysql",
            "redis", "redis-cache", "smtp",
        ], stores: ["mysql", "mongodb", "redis", "redis-cache", "meilisearch"])
}
