internal import Inventory
internal import YAML

/// Between which numbers of pods an autoscaler keeps a service.
package struct Autoscale: Sendable, Hashable {
    /// The service, which is a Deployment.
    package let service: String
    /// The fewest.
    package let least: Int
    /// The most.
    package let most: Int

    /// The keys of both numbers, by kind.
    private static let keys = [
        "HorizontalPodAutoscaler": ("minReplicas", "maxReplicas"),
        "ScaledObject": ("minReplicaCount", "maxReplicaCount"),
    ]

    /// Kinds of objects that scale others.
    static var kinds: Set<String> { Set(keys.keys) }

    /// Reads an autoscaler; nil for any other object.
    init?(_ object: ManifestObject) {
        guard let (least, most) = Self.keys[object.kind], let spec = object.node["spec"] else { return nil }
        service = spec["scaleTargetRef"]?["name"]?.text ?? ""
        self.least = spec[least]?.text.flatMap { Int($0) } ?? 1
        self.most = spec[most]?.text.flatMap { Int($0) } ?? self.least
    }
}

extension Rendered {
    /// What is kept by an autoscaler.
    var autoscales: [Autoscale] { foundations.compactMap { Autoscale($0) } }

    /// Between which numbers of pods an autoscaler keeps a service; nil where none does.
    package func autoscale(of service: ManifestObject) -> Autoscale? {
        guard service.kind == "Deployment" else { return nil }
        return autoscales.first { $0.service == service.name }
    }

    /// The same with as many pods as the cluster has, where an autoscaler says how many.
    ///
    /// - Parameter live: what the cluster has, by what it is.
    /// - Returns: what can be applied.
    func keepingReplicas(of live: [ObjectID: ManifestObject]) -> Rendered {
        var kept = self
        for wave in waves.indices {
            for index in waves[wave].objects.indices {
                let object = waves[wave].objects[index]
                guard let scale = autoscale(of: object), let now = live[object.id] else { continue }
                kept.waves[wave].objects[index].node[path: ["spec", "replicas"]] = .int(
                    min(max(now.replicas, scale.least), scale.most))
            }
        }
        return kept
    }
}

extension Renderer {
    /// The objects without autoscalers that the inventory does not ask for, or that another kind does better.
    func wanted(_ waves: [[ManifestObject]]) -> [[ManifestObject]] {
        let better = Set(
            waves.joined().filter { $0.kind == "ScaledObject" }.compactMap { Autoscale($0)?.service })
        return waves.map { objects in
            objects.filter { object in
                guard let scale = Autoscale(object) else { return true }
                return part.maxReplicas.contains { $0.service == scale.service }
                    && (object.kind == "ScaledObject" || !better.contains(scale.service))
            }
        }
    }

    /// Whether each service that may grow has an autoscaler, and room to grow.
    func checkScales(_ objects: [ManifestObject], _ diagnostics: Diagnostics) {
        let scales = objects.compactMap { Autoscale($0) }
        for wish in part.maxReplicas {
            guard let scale = scales.last(where: { $0.service == wish.service }) else {
                let known = edition.waves.flatMap(\.objects)
                    .compactMap { ManifestObject($0).flatMap { Autoscale($0)?.service } }
                let names = Set(known).sorted().joined(separator: ", ")
                diagnostics.error(
                    "'maxReplicas' names '\(wish.service)', and nothing tells when it should have more pods",
                    at: part.mark, cure: "take it out; known are \(names)")
                continue
            }
            if scale.least < 1 {
                diagnostics.error(
                    "'\(wish.service)' has no pods, and an autoscaler wakes nothing up", at: part.mark,
                    cure: "let 'replicas' say at least 1, or take it out of 'maxReplicas'")
            } else if scale.most < scale.least {
                diagnostics.error(
                    "'maxReplicas' lets '\(wish.service)' have \(scale.most) pods, and it has \(scale.least)"
                        + " at the least", at: part.mark, cure: "let it have more, or fewer of 'replicas'")
            }
        }
    }
}

extension [ManifestObject] {
    /// How many pods a workload can have: what its autoscaler gives it at the most, else what it says itself.
    func mostReplicas(of workload: ManifestObject) -> Int {
        let scale = compactMap { Autoscale($0) }.first { $0.service == workload.name }
        return workload.kind == "Deployment" ? scale?.most ?? workload.replicas : workload.replicas
    }
}
