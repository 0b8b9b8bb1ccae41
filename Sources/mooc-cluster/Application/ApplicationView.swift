import Console
import Manifests
import Provisioning
import YAML

/// Shows how an application is in its cluster.
struct ApplicationView {
    /// How it is.
    let status: ApplicationStatus
    /// The claims whose volumes are out of reach.
    let lost: LostVolumes

    /// For scripts.
    var json: Node {
        [
            "well": .bool(status.isWell), "services": .sequence(status.services.map(json)),
            "jobs": .sequence(status.jobs.map(\.json)),
            "queues": status.queues.map { queues in
                .sequence(queues.map { ["name": .string($0.name), "tasks": .int($0.count)] })
            } ?? .null,
            "leftOver": .sequence(status.leftOver.map { .string("\($0)") }),
        ]
    }

    /// For a person: tables, and below them what is known about everything that is not well.
    func text(_ paint: Paint) -> String {
        var table = Table(["SERVICE", "READY", "VERSION", "STATE"])
        for service in status.services {
            table.add([
                Table.Cell(service.id.name, service.isReady ? .green : .red),
                Table.Cell("\(service.ready)/\(service.wanted)"), Table.Cell(service.version),
                Table.Cell(service.state),
            ])
        }
        let queues = status.queues.map { queues in
            "tasks that wait: " + queues.map { "\($0.name) \($0.count)" }.joined(separator: ", ") + "\n"
        }
        let leftOver = status.leftOver.map {
            "no longer rendered: \($0); `mooc-cluster openedx prune` removes it\n"
        }
        let troubles = status.services.compactMap(trouble) + status.jobs.compactMap(\.wayOn)
        return [table.text(paint), status.jobs.table(paint), queues ?? "", (leftOver + troubles).joined()]
            .filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func json(_ service: ServiceStatus) -> Node {
        [
            "name": .string(service.id.name), "kind": .string(service.id.kind),
            "ready": .bool(service.isReady), "state": .string(service.state),
            "pods": .int(service.ready), "wanted": .int(service.wanted), "image": .string(service.image),
            "reason": service.reason?.json ?? .null,
            "lost": .sequence(lostCauses(service).map { .string($0) }),
        ]
    }

    private func lostCauses(_ service: ServiceStatus) -> [String] {
        service.isReady ? [] : lost.causes(for: service.claims)
    }

    private func trouble(_ service: ServiceStatus) -> String? {
        guard !service.isReady else { return nil }
        var lines = lostCauses(service).map { "\(service.id): \($0)" }
        if let reason = service.reason {
            lines += [reason.words] + ManifestError.cause(in: reason.log + reason.causes)
        } else if lines.isEmpty {
            lines = ["\(service.id): \(service.state); run: mooc-cluster apply"]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension StuckReason {
    /// What is known, for scripts.
    var json: Node {
        let known = KnownCause.find(in: log + causes)
        return [
            "pod": pod.map { .string($0) } ?? .null, "node": node.map { .string($0) } ?? .null,
            "causes": .sequence(causes.map { .string($0) }), "log": .sequence(log.map { .string($0) }),
            "cause": known.map { .string($0.cause.cause) } ?? .null,
            "causeName": known.map { .string($0.cause.name) } ?? .null,
        ]
    }
}
