import Inventory
import Manifests
import YAML

/// The end of `up`: what is where, and how to look around.
struct UpSummary {
    /// Where the kubeconfig was kept; nil when it was not read.
    let kubeconfig: String?
    /// What was applied; nil when the inventory asks for no application, or when that failed.
    var deployed: ApplyReport?
    /// What was tried on the cluster in the end; nil when it did not come to that.
    var proof: ProofReport?
    /// What kept the application or the proof from their end.
    var failure: Failure?

    /// Makes a summary of a cluster on which nothing was applied or tried yet.
    init(kubeconfig: String?) { self.kubeconfig = kubeconfig }

    /// How the process ends, when not as the run of the phases did.
    var status: ExitStatus? { failure?.status ?? (proof?.isProven == true ? nil : .failed) }

    /// The parts of a result.
    func parts(_ cluster: Cluster) -> (json: [(String, Node)], text: String) {
        var json: [(String, Node)] = [
            ("kubeconfig", kubeconfig.map { .string($0) } ?? .null), ("proof", proof?.json ?? .null),
            ("failure", failure.map { .string($0.text) } ?? .null),
        ]
        var text = ""
        if let deployed, let openedx = cluster.openedx {
            json.append(
                (
                    "application",
                    [
                        "edition": .string(openedx.edition), "namespace": .string(openedx.namespace),
                        "host": .string(openedx.host), "objects": .int(deployed.objects),
                        "changes": .sequence(deployed.changes.map(\.json)),
                    ]
                ))
            let changed = deployed.changes.isEmpty ? "none changed" : "\(deployed.changes.count) changed"
            text += "Open edX \(openedx.edition): \(deployed.objects) objects ready, \(changed), "
            text += "namespace \(openedx.namespace), \(openedx.host)\n"
        }
        text += proof?.text ?? "not proven: it did not come to the proof\n"
        if let kubeconfig { text += "kubeconfig: \(kubeconfig)\n" }
        return (json, text)
    }
}
