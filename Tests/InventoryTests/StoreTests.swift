import Inventory
import Testing
import YAML

/// How stores outside of the cluster are reached: what an inventory says of it, and what of that is refused.
@Suite struct StoreTests {
    @Test func aLoginAndTLSAreRead() throws {
        let reading = read(
            """
            stores:
              redis: { host: 192.0.2.7, user: campus, source: admin, tls: true, authority: secrets/mysql }
              smtp: { host: mail.example.edu, user: campus@example.edu, tls: starttls }
            secrets: { redis-password: { env: REDIS }, smtp-password: { env: MAIL } }
            """)
        #expect(reading.problems == [])
        let stores = try #require(reading.cluster?.openedx?.stores)
        let redis = try #require(stores.first { $0.name == "redis" })
        #expect(redis.user == "campus" && redis.tls == "true" && redis.more == ["source": "admin"])
        #expect(redis.authority == "lab/secrets/mysql" && redis.authorityMark?.line == 8)
        let smtp = try #require(stores.first { $0.name == "smtp" })
        #expect(smtp.user == "campus@example.edu" && smtp.tls == "starttls" && smtp.authority == nil)
    }

    /// A password without a user is one of Redis's default user.
    @Test func aPasswordAloneIsALoginWhereThatIsEnough() {
        let problems = read(
            "stores: { redis: { host: 192.0.2.7 } }\nsecrets: { redis-password: { env: REDIS } }"
        ).problems
        #expect(problems == [])
    }

    @Test(arguments: [
        (
            "stores: { mysql: { host: db.example.edu, tls: true } }\nsecrets: { mysql-root-password: { env: P } }",
            "7:49: 'tls' of the store 'mysql' of the part 'openedx' means nothing to the edition, which knows no TLS"
        ),
        (
            "stores: { mysql: { host: db.example.edu, user: a } }\nsecrets: { mysql-root-password: { env: P } }",
            "7:50: 'user' of the store 'mysql' of the part 'openedx' means nothing to the edition"
        ),
        (
            "stores: { redis: { host: 192.0.2.7, user: campus } }",
            "7:45: the store 'redis' of the part 'openedx' has a user, so its secret 'redis-password' cannot be made up"
        ),
        (
            "stores: { smtp: { host: 192.0.2.7 } }\nsecrets: { smtp-password: { env: P } }",
            "7:13: the store 'smtp' of the part 'openedx' has no 'user' that its secret 'smtp-password' could belong to"
        ),
        (
            "secrets: { redis-password: { env: P } }",
            "7:12: the secret 'redis-password' of the part 'openedx' counts with 'stores.redis' alone"
        ),
        (
            "stores: { redis: { host: 192.0.2.7, tls: implicit } }",
            "7:44: 'tls' of the store 'redis' of the part 'openedx' must be true or false"
        ),
        (
            "stores: { smtp: { host: 192.0.2.7, tls: startls } }",
            "7:43: 'tls' of the store 'smtp' of the part 'openedx' cannot be 'startls'; did you mean 'starttls'?"
        ),
        (
            "stores: { smtp: { host: 192.0.2.7, tls: none, authority: secrets/mysql } }",
            "7:60: 'authority' of the store 'smtp' of the part 'openedx' counts with 'tls: starttls' or 'tls: implicit' alone"
        ),
        (
            "stores: { redis: { host: 192.0.2.7, tls: true, authority: nothing } }",
            "7:61: 'authority' of the store 'redis' of the part 'openedx': there is no file 'nothing'"
        ),
        (
            "stores: { redis: { host: 192.0.2.7, user: 'a:b' } }",
            "7:45: 'user' of the store 'redis' of the part 'openedx' must be the name of an account, not 'a:b'"
        ),
        (
            "stores: { search: { host: 192.0.2.7, tls: true } }",
            "7:45: 'tls' of the store 'search' of the part 'openedx' needs 'authority'"
        ),
        (
            "stores: { redis: { host: 192.0.2.7, sources: a } }",
            "7:39: the store 'redis' of the part 'openedx' has no key 'sources'"
        ),
    ]) func isRefused(part: String, problem: String) {
        let problems = read(part).problems
        #expect(problems.contains { $0.contains(problem) }, "\(problems)")
    }

    private func read(_ part: String) -> Reading {
        ChoiceTests().reading("host: learn.example.edu\n" + part)
    }
}
