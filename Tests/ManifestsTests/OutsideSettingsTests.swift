import Foundation
import Manifests
import TestSupport
import Testing
import YAML

/// Settings of stores outside with TLS, as Django gets them; what Tutor knows of that, `TutorTests` compare.
@Suite struct OutsideSettingsTests {
    @Test func everyServiceGetsTLSAndItsAuthority() async throws {
        let openedx: Node = [
            "edition": "verawood", "host": "learn.example.edu",
            "services": .sequence(Verawood.services.map { .string($0) }),
            "stores": [
                "mysql": ["host": "db.example.edu", "user": "admin", "tls": true, "authority": "d.pem"],
                "mongodb": ["host": "documents.example.edu", "tls": true, "authority": "m.pem"],
                "redis": ["host": "queues.example.edu", "tls": true, "authority": "a.pem"],
                "redisCache": ["host": "cache.example.edu", "user": "campus", "tls": true],
            ],
            "secrets": [
                "mysql-root-password": ["env": "D"],
                "openedx-mongodb-password": ["env": "C"],
                "redis-password": ["env": "A"], "redis-cache-password": ["env": "B"],
            ],
        ]
        let given = SecretValues(["redis-password": "p/+ 1", "redis-cache-password": "word"])
        let table = try await withScratchFolder { folder in
            let objects = try TutorConfiguration.rendered(openedx, given: given).objects
            try Node.sequence(objects.map(\.node)).json().write(
                toFile: "\(folder)/objects.json", atomically: true, encoding: .utf8)
            try "JWT_RSA_PRIVATE_KEY: none\n".write(
                toFile: "\(folder)/config.yml", atomically: true, encoding: .utf8)
            return try await Meaning(objects: "\(folder)/objects.json", config: "\(folder)/config.yml")
        }
        #expect(table.troubles.isEmpty, "\(table.troubles)")
        let trust = "ssl_cert_reqs=required&ssl_check_hostname=true"
        let file = "/etc/openedx-authorities/redis.pem"
        let bus =
            "rediss://:p%2F%2B%201@queues.example.edu:6379/?\(trust)&ssl_ca_certs=%2Fetc%2Fopenedx-authorities%2Fredis.pem"
        for service in ["lms", "cms", "discovery"] {
            let broker = service == "discovery" ? "CELERY_BROKER" : "BROKER"
            let expected = [
                "CACHES.default.LOCATION": "rediss://campus:word@cache.example.edu:6379/1?\(trust)",
                "EVENT_BUS_REDIS_CONNECTION_URL": bus,
                "\(broker)_URL": "redis://:p%2F%2B%201@queues.example.edu:6379/"
                    + (service == "discovery" ? "" : "0"),
                "\(broker)_USE_SSL.ssl_ca_certs": file,
            ]
            for (key, value) in expected {
                #expect(table.table["\(service): settings.\(key)"] == "\"\(value)\"", "\(service) \(key)")
            }
            #expect(table.table["\(service): settings.\(broker)_USE_SSL.ssl_check_hostname"] == "true")
            // ssl.CERT_REQUIRED of Python.
            #expect(table.table["\(service): settings.\(broker)_USE_SSL.ssl_cert_reqs"] == "2")
        }
        for setting in [
            "DOC_STORE_CONFIG", "CONTENTSTORE.DOC_STORE_CONFIG", "FORUM_MONGODB_CLIENT_PARAMETERS",
        ] {
            for service in ["lms", "cms"] {
                let path = "\(service): settings.\(setting)"
                #expect(table.table["\(path).ssl"] == "true")
                #expect(
                    table.table["\(path).tlsCAFile"] == "\"/etc/openedx-authorities/mongodb.pem\"", "\(path)")
            }
        }
        for service in ["lms", "cms"] + Verawood.services.filter({ $0 != "forum" }) {
            let path = "\(service): settings.DATABASES.default.OPTIONS.ssl"
            #expect(table.table["\(path)_mode"] == "\"VERIFY_IDENTITY\"", "\(service)")
            #expect(table.table["\(path).ca"] == "\"/etc/openedx-authorities/mysql.pem\"", "\(service)")
        }
        let clients = table.steps.filter { $0.contains(": mysql ") }
        #expect(clients.count > 5)
        for step in clients {
            #expect(step.contains("--ssl-mode=VERIFY_IDENTITY") && step.contains("--user=admin"), "\(step)")
            #expect(step.contains("--ssl-ca=/etc/openedx-authorities/mysql.pem"), "\(step)")
        }
    }
}
