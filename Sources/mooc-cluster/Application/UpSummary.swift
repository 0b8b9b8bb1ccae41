import Inventory
import Manifests
import Provisioning
import YAML

/// The end of `up`: what is where, and how to look around.
struct UpSummary {
    /// Where the kubeconfig was kept; nil when it was not read.
    let kubeconfig: String?
    /// What was applied, by application; none when the inventory asks for none, or when that failed.
    var deployed: [ApplyReport] = []
    /// What was tried on the cluster in the end; nil when it did not come to that.
    var proof: ProofReport?
    /// What kept the application or the proof from their end.
    var failure: Failure?

    /// Makes a summary of a cluster on which nothing was applied or tried yet.
    init(kubeconfig: String?) { self.kubeconfig = kubeconfig }

    /// How the process ends, when not as the run of the phases did.
    var status: ExitStatus? { failure?.status ?? (proof?.isProven == true ? nil : .failed) }

    /// The parts of a result.
    func parts(_ applications: [Application]) -> (json: [(String, Node)], text: String) {
        var json: [(String, Node)] = [
            ("kubeconfig", kubeconfig.map { .string($0) } ?? .null), ("proof", proof?.json ?? .null),
            ("failure", failure.map { .string($0.text) } ?? .null),
        ]
        var text = ""
        var results: [Node] = []
        for (application, report) in zip(applications, deployed) {
            let part = application.part
            results.append([
                "application": .string(part.application), "edition": .string(application.edition.name),
                "namespace": .string(part.namespace), "host": .string(part.host),
                "objects": .int(report.objects), "changes": .sequence(report.changes.map(\.json)),
            ])
            let changed = report.changes.isEmpty ? "none changed" : "\(report.changes.count) changed"
            text += "\(application.edition.title): \(report.objects) objects ready, \(changed), "
            text += "namespace \(part.namespace)\(part.host.isEmpty ? "" : ", \(part.host)")\n"
        }
        json.append(("applications", .sequence(results)))
        text += proof?.text ?? "not proven: it did not come to the proof\n"
        if let kubeconfig { text += "kubeconfig: \(kubeconfig)\n" }
        return (json, text)
    }
}
