import Foundation
import Manifests
import TestSupport
import Testing
import YAML

@testable import Inventory

/// Stores outside of the cluster with a login and TLS: who gets the password and the authority, and who does not.
@Suite struct OutsideStoreTests {
    @Test(arguments: OutsideLogin.all) func thePasswordGoesToPodsThatReachTheStoreAlone(
        login: OutsideLogin
    ) throws {
        let rendered = try login.rendered()
        let label = "mooc-cluster/reaches-\(login.label)"
        for object in rendered.objects where object.isWorkload {
            let reaches = object.podLabels[label] == "yes"
            for container in object.containers {
                let variable = (container["env"]?.items ?? []).filter {
                    $0["name"]?.text == login.variable
                }
                #expect(variable.count == (reaches ? 1 : 0), "\(object.name)")
                for key in variable.compactMap({ $0[path: ["valueFrom", "secretKeyRef", "key"]]?.text }) {
                    #expect(key == login.secret)
                }
            }
        }
        #expect(rendered.objects.contains { $0.podLabels[label] == "yes" && $0.kind == "Job" })
        let hidden = try rendered.one("Secret", "openedx-secrets").node
        let keys = hidden[path: ["metadata", "annotations", "mooc-cluster/hidden-keys"]]?.text ?? ""
        #expect(keys.split(separator: " ").contains { $0 == login.secret })
    }

    @Test(arguments: OutsideLogin.all) func withoutALoginThereIsNoPassword(login: OutsideLogin) throws {
        for rendered in [try Verawood.Shape.whole.rendered(), try Verawood.Shape.outside.rendered()] {
            #expect(
                !rendered.yaml.contains(login.secret) && !rendered.yaml.contains("name: \(login.variable)\n"))
            #expect(!rendered.objects.contains { $0.name == "openedx-authorities" })
        }
    }

    @Test(arguments: OutsideLogin.all) func anAuthorityLiesInPodsThatReachTheStoreAlone(
        login: OutsideLogin
    ) async throws {
        let (pem, _) = try await CertificateTests.made("DNS:store.example.edu")
        let rendered = try login.rendered(authority: pem)
        let map = try rendered.one("ConfigMap", "openedx-authorities").node
        #expect(map["data"]?.entries?.map(\.key) == ["\(login.store).pem"])
        #expect(map[path: ["data", "\(login.store).pem"]]?.text == pem)
        for object in rendered.objects where object.isWorkload {
            let reaches = object.podLabels["mooc-cluster/reaches-\(login.label)"] == "yes"
            let volumes = object.pod[path: ["spec", "volumes"]]?.items ?? []
            #expect(volumes.filter { $0["name"]?.text == "authorities" }.count == (reaches ? 1 : 0))
            for container in object.containers {
                let mounts = (container["volumeMounts"]?.items ?? []).filter {
                    $0["mountPath"]?.text == "/etc/openedx-authorities"
                }
                #expect(mounts.count == (reaches ? 1 : 0), "\(object.name)")
            }
        }
        #expect(rendered.yaml.contains("/etc/openedx-authorities/\(login.store).pem"))
        // Another authority is another checksum of settings: pods read it at their start.
        let other = try login.rendered(authority: pem + "\n")
        let key = ["metadata", "annotations", "mooc-cluster/settings"]
        let lms = try [rendered, other].map { try $0.one("Deployment", "lms").pod[path: key]?.text }
        #expect(lms[0] != lms[1])
    }

    @Test func anAuthorityThatIsNoneIsRefusedWhereItIsNamed() throws {
        let error = #expect(throws: InvalidInput.self) {
            try OutsideLogin.all[0].rendered(authority: "-----BEGIN CERTIFICATE-----\nnone\n")
        }
        let lines = (error?.diagnostics ?? []).map(\.description)
        #expect(
            lines.count == 1 && lines[0].hasPrefix("inventory.yml:9:20: the file 'authority'"), "\(lines)")
        #expect(lines.first?.contains("has no certificate in PEM") == true)
    }
}

/// A login at a store outside.
struct OutsideLogin: Sendable, CustomTestStringConvertible {
    /// The store.
    var store: String
    /// The end of the label of pods that reach it.
    var label: String
    /// The secret with its password.
    var secret: String
    /// The variable that pods have it by.
    var variable: String
    /// The way of TLS.
    var tls: String

    /// The store.
    var testDescription: String { store }

    /// All that take a password of their own.
    static let all = [
        OutsideLogin(
            store: "smtp", label: "smtp", secret: "smtp-password", variable: "SMTP_PASSWORD", tls: "starttls"),
        OutsideLogin(
            store: "redis", label: "redis", secret: "redis-password", variable: "REDIS_PASSWORD", tls: "true"),
        OutsideLogin(
            store: "redisCache", label: "redis-cache", secret: "redis-cache-password",
            variable: "REDIS_CACHE_PASSWORD", tls: "true"),
    ]

    /// The edition with every service, for an inventory that logs in there.
    func rendered(authority: String? = nil) throws -> Rendered {
        let openedx = Verawood.openedx(Ironwood.nfs) {
            var outside = ApplicationPart.OutsideStore(name: store, host: "store.example.edu", port: nil)
            outside.user = "campus"
            outside.tls = tls
            outside.authority = authority.map { _ in "authority.pem" }
            outside.authorityMark = Mark(file: "inventory.yml", line: 9, column: 20)
            $0.stores = [outside]
            $0.secrets = [(name: secret, source: .environment("PASSWORD"))]
            $0.services = Verawood.services
        }
        return try Renderer(
            edition: Verawood.edition().chosen(by: openedx), cluster: Ironwood.cluster(openedx),
            part: openedx,
            authorities: authority.map { [store: $0] } ?? [:]
        ).render()
    }
}
