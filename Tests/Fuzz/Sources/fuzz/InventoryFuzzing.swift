import Inventory
import YAML

/// An inventory is read, or refused with reasons; the reasons are the same each time.
enum InventoryFuzzing: Fuzzing {
    private static let surroundings = Cluster.Surroundings(
        home: "/home/op", inventoryMode: 0o600,
        versions: (20...37).map { .init(minor: "1.\($0)", patch: 4, isFinal: $0 < 34) },
        editions: ["ironwood"],
        edition: { _ in
            .init(
                images: ["lms"], replicas: ["lms"], claims: ["mysql-data"], secrets: ["mysql"],
                options: ["studioHost", "mfeHost", "tls", "trustedProxies", "services", "stores"],
                services: ["notes"], ended: [("ecommerce", "it ended")],
                tls: [("none", []), ("outside", ["trustedProxies"])],
                stores: [
                    .init(
                        name: "mysql", given: ["mysql"], password: "mysql", tls: ["false", "true"],
                        more: ["source"])
                ])
        },
        fileMode: { path in path.utf8.count.isMultiple(of: 2) ? 0o600 : path.hasSuffix("b") ? 0o644 : nil })

    static func run(_ bytes: [UInt8]) {
        let (cluster, reasons) = read(bytes)
        expect((cluster == nil) == reasons.contains { $0.severity == .error }, "\(reasons)")
        for reason in reasons { expect(!reason.message.isEmpty, "a reason without words") }
        if let cluster {
            expect(!cluster.name.isEmpty && cluster.firstControlPlane != nil, "taken without what it needs")
            let names = cluster.hosts.map(\.name)
            expect(Set(names).count == names.count, "two hosts of one name: \(names)")
        }
        expect(read(bytes).reasons == reasons, "other reasons the second time")
    }

    private static func read(_ bytes: [UInt8]) -> (cluster: Cluster?, reasons: [Diagnostic]) {
        let diagnostics = Diagnostics()
        let cluster = Cluster.read(bytes, file: "f", in: surroundings, diagnostics: diagnostics)
        return (cluster, diagnostics.items)
    }
}
