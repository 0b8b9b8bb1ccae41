import Manifests
import Synchronization
import YAML

/// A cluster in memory that answers the kubectl commands that the product uses.
actor FakeCluster {
    private var objects: [ObjectID: ManifestObject] = [:]
    /// The arguments of every call.
    private(set) var calls: [[String]] = []
    /// Workloads that never get ready, by name.
    private var broken: Set<String> = []
    /// Whether claims are bound only when they are looked at again.
    private var stallsClaims = false
    /// The status that claims have at each look, the last one for good; none where they are simply bound.
    private var claimStatuses: [Node] = []
    /// Pods and events, and logs by name of pod.
    private var pods: [Node] = []
    private var events: [Node] = []
    private var logs: [String: String] = [:]
    /// Earlier templates of workloads' pods, oldest first.
    private var templates: [ObjectID: [Node]] = [:]
    /// What programs in pods read and answer.
    private var program: @Sendable ([UInt8]) -> KubectlOutput = { _ in KubectlOutput(output: [], code: 1) }
    private(set) var read: [[UInt8]] = []
    /// The objects that were tried out, and not applied.
    private(set) var tried: [ObjectID] = []

    nonisolated var kubectl: Kubectl {
        { arguments, input in try await self.answer(arguments, input) }
    }

    var ids: Set<ObjectID> { Set(objects.keys) }

    func object(_ id: ObjectID) -> ManifestObject? { objects[id] }

    func put(_ node: Node) {
        guard let object = ManifestObject(node) else { return }
        objects[object.id] = object
    }

    func breakWorkload(_ name: String, pods: [Node], events: [Node], logs: [String: String]) {
        broken.insert(name)
        self.pods = pods
        self.events = events
        self.logs = logs
    }

    func put(pods: [Node], events: [Node] = [], logs: [String: String] = [:]) {
        self.pods = pods
        self.events = events
        self.logs = logs
    }

    func stallClaims() { stallsClaims = true }

    func answerClaims(_ statuses: [Node]) { claimStatuses = statuses }

    func remove(_ id: ObjectID) { objects[id] = nil }

    /// Takes the pods of a workload away from under it.
    func spoil(_ id: ObjectID) { objects[id]?.node["status"] = ["replicas": 1, "updatedReplicas": 1] }

    func answerPrograms(_ program: @escaping @Sendable ([UInt8]) -> KubectlOutput) { self.program = program }

    func forgetCalls() {
        calls = []
        tried = []
    }

    private func answer(_ arguments: [String], _ input: [UInt8]) throws -> KubectlOutput {
        calls.append(arguments)
        switch arguments.first {
        case "get": return list(get(arguments, input))
        case "apply":
            let wanted = read(input)
            if let refusal = wanted.compactMap(sizeRefusal).first {
                return KubectlOutput(output: [], error: Array(refusal.utf8), code: 1)
            }
            return list(apply(wanted, dryRun: arguments.contains("--dry-run=server")))
        case "delete":
            let ids = arguments.contains("-f") ? read(input).map(\.id) : named(arguments).map(\.id)
            for id in ids { objects[id] = nil }
            return KubectlOutput(output: [])
        case "logs":
            return KubectlOutput(output: Array((logs[arguments.first { logs[$0] != nil } ?? ""] ?? "").utf8))
        case "exec":
            read.append(input)
            return program(input)
        case "scale":
            for object in named(arguments) {
                let count = arguments.first { $0.hasPrefix("--replicas=") }?.dropFirst("--replicas=".count)
                objects[object.id]?.node[path: ["spec", "replicas"]] = .int(Int(count ?? "") ?? 0)
                if let changed = objects[object.id] {
                    objects[object.id]?.node["status"] = status(of: changed)
                }
            }
            return KubectlOutput(output: [])
        case "patch" where arguments.contains("--type=json"):
            let text = arguments.first { $0.hasPrefix("--patch=") }?.dropFirst("--patch=".count) ?? ""
            let patch = YAMLParser.document(Array(text.utf8), file: "patch", diagnostics: Diagnostics())
            for object in named(arguments) {
                objects[object.id]?.node[path: ["spec", "template"]] = patch?.items?.first?["value"]
            }
            return KubectlOutput(output: [])
        case "annotate":
            for object in named(arguments) { objects[object.id]?.node["status"] = ["phase": "Bound"] }
            return KubectlOutput(output: [])
        case "rollout", "patch": return KubectlOutput(output: [])
        default: return KubectlOutput(output: [], error: Array("unknown command".utf8), code: 1)
        }
    }

    private func get(_ arguments: [String], _ input: [UInt8]) -> [Node] {
        if arguments.contains("-f") {
            let wanted = read(input)
            if let status = claimStatuses.first {
                for object in wanted where object.kind == "PersistentVolumeClaim" {
                    objects[object.id]?.node["status"] = status
                }
                if claimStatuses.count > 1 { claimStatuses.removeFirst() }
            }
            return wanted.compactMap { objects[$0.id]?.node }
        }
        let what = arguments[1]
        if what == "nodes" || arguments.contains("--all-namespaces") {
            let kinds = what.split(separator: ",").map { $0.dropLast() }
            return objects.values.filter { kinds.contains($0.kind.lowercased()[...]) }.map(\.node)
        }
        let label = arguments.first { $0.hasPrefix("--selector=") }?.dropFirst("--selector=".count)
            .split(separator: "=").map(String.init)
        if what == "pods" {
            guard let label else { return pods }
            return pods.filter { $0[path: ["metadata", "labels", label[0]]]?.text == label[1] }
        }
        if what == "events" { return events }
        if what == "storageclasses" {
            return objects.values.filter { $0.kind == "StorageClass" }.map(\.node)
        }
        if what == "secret" {
            return objects.values.filter { $0.kind == "Secret" && $0.name == arguments[2] }.map(\.node)
        }
        if what == "replicasets" { return label.map { revisions($0[1]) } ?? [] }
        if let label {
            let kinds = what.split(separator: ",").map {
                $0.hasSuffix("ies") ? $0.dropLast(3) + "y" : $0.dropLast()
            }
            return objects.values.filter { object in
                kinds.contains { $0 == object.kind.lowercased() }
                    && object.node[path: ["metadata", "labels", label[0]]]?.text == label[1]
            }.sorted { $0.id < $1.id }.map(Self.inPreferredVersion)
        }
        return named(arguments).map(\.node)
    }

    /// An object as kubectl gives it that was not asked for a version: autoscalers before Kubernetes 1.23 in the first.
    private static func inPreferredVersion(_ object: ManifestObject) -> Node {
        guard object.kind == "HorizontalPodAutoscaler" else { return object.node }
        var node = object.node
        node["apiVersion"] = "autoscaling/v1"
        node[path: ["spec", "metrics"]] = nil
        node[path: ["spec", "behavior"]] = nil
        return node
    }

    /// The templates that a Deployment has had and has, as ReplicaSets.
    private func revisions(_ name: String) -> [Node] {
        guard let object = objects.values.first(where: { $0.kind == "Deployment" && $0.name == name }) else {
            return []
        }
        let all = templates[object.id, default: []] + [object.node[path: ["spec", "template"]] ?? [:]]
        return all.enumerated().map { index, template in
            var template = template
            template[path: ["metadata", "labels", "pod-template-hash"]] = .string("\(index)")
            return [
                "apiVersion": "apps/v1", "kind": "ReplicaSet",
                "metadata": [
                    "name": .string("\(name)-\(index)"),
                    "annotations": ["deployment.kubernetes.io/revision": .string("\(index + 1)")],
                    "ownerReferences": [["kind": "Deployment", "name": .string(name)]],
                ],
                "spec": ["template": template],
            ]
        }
    }

    private func named(_ arguments: [String]) -> [ManifestObject] {
        arguments.compactMap { argument in objects.values.first { "\($0.id)" == argument } }
    }

    /// What the API server says where a claim asks for another size (its validation, and its admission plugin
    /// PersistentVolumeClaimResize).
    private func sizeRefusal(_ object: ManifestObject) -> String? {
        let path = ["spec", "resources", "requests", "storage"]
        guard object.kind == "PersistentVolumeClaim", let live = objects[object.id],
            let old = live.node[path: path]?.text, let new = object.node[path: path]?.text, old != new
        else { return nil }
        let name = live.node[path: ["spec", "storageClassName"]]?.text ?? ""
        let made = objects[ObjectID(kind: "StorageClass", namespace: nil, name: name)]
        guard made?.node["allowVolumeExpansion"]?.resolved == .bool(true) else {
            return "only dynamically provisioned pvc can be resized and the storageclass that provisions the"
                + " pvc must support resize"
        }
        let shrinks = (Quantity.mebibytes(new) ?? 0) < (Quantity.mebibytes(old) ?? 0)
        return shrinks ? "field can not be less than previous value" : nil
    }

    private func apply(_ wanted: [ManifestObject], dryRun: Bool) -> [Node] {
        if dryRun { tried += wanted.map(\.id) }
        return wanted.map { object in
            var node = (objects[object.id]?.node ?? object.node).merged(with: object.node)
            node[path: ["metadata", "uid"]] = "u"
            node[path: ["metadata", "resourceVersion"]] = dryRun ? "1" : .string("\(calls.count)")
            if !dryRun {
                let template = ["spec", "template"]
                if let old = objects[object.id]?.node[path: template] {
                    templates[object.id, default: []].append(old)
                }
                node["status"] = status(of: object)
                if let made = ManifestObject(node) { objects[object.id] = made }
            }
            return node
        }
    }

    private func status(of object: ManifestObject) -> Node {
        let name = object.kind == "Job" ? String(object.name.dropLast(9)) : object.name
        let bad = broken.contains(name)
        switch object.kind {
        case "Job":
            return ["conditions": [["type": bad ? "Failed" : "Complete", "status": "True", "reason": "R"]]]
        case "Deployment", "StatefulSet":
            let all = object.node[path: ["spec", "replicas"]] ?? 1
            let ready: Node = bad ? 0 : all
            return [
                "replicas": all, "updatedReplicas": all, "readyReplicas": ready, "availableReplicas": ready,
            ]
        case "PersistentVolume": return ["phase": "Available"]
        case "PersistentVolumeClaim": return ["phase": stallsClaims ? "Pending" : "Bound"]
        case "Pod": return ["conditions": [["type": "Ready", "status": "True"]]]
        default: return [:]
        }
    }

    private func read(_ input: [UInt8]) -> [ManifestObject] {
        let list = YAMLParser.document(input, file: "input", diagnostics: Diagnostics())
        return (list?["items"]?.items ?? []).compactMap { ManifestObject($0) }
    }

    private func list(_ nodes: [Node]) -> KubectlOutput {
        if nodes.isEmpty { return KubectlOutput(output: []) }
        let node: Node = ["apiVersion": "v1", "kind": "List", "items": .sequence(nodes)]
        return KubectlOutput(output: Array(node.json().utf8))
    }
}

/// A clock whose sleeps are over at once.
final class FakeClock: Clock {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let time = Mutex(Duration.zero)
    var now: Instant { Instant(offset: time.withLock { $0 }) }
    var minimumResolution: Duration { .zero }
    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        time.withLock { $0 = max($0, deadline.offset) }
    }
}
