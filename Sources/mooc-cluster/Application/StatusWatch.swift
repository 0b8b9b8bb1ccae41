import Console
import Manifests
import Playbook
import Provisioning
import YAML

/// Shows the status of a cluster again and again, until it is interrupted.
struct StatusWatch {
    /// Seconds between two looks.
    private static let pause = Duration.seconds(2)
    /// How many looks go by until the hosts are asked again, as each is reached anew for that.
    private static let looksOfHosts = 30

    /// What is watched.
    let operation: Operation
    /// How it is written.
    let format: OutputFormat

    /// Watches: a terminal has the last look alone, a pipe gets each look that differs from the one before, a script a
    /// line of JSON for each of those.
    ///
    /// A cluster that stops to answer is waited for, over a new connection.
    ///
    /// - Throws: what keeps the first look from coming, and `CancellationError` in the end.
    func run() async throws -> Never {
        let kubectl = try await operation.kubectl()
        let cluster = operation.site.cluster
        var nodes = try await ClusterStatus.nodes(kubectl, cluster)
        var sights = try await HostSights(operation, of: nodes)
        var last = ""
        var looks = 0
        while true {
            do {
                if looks > 0 { nodes = try await ClusterStatus.nodes(kubectl, cluster) }
                looks += 1
                if looks % Self.looksOfHosts == 0 { sights = try await HostSights(operation, of: nodes) }
                show(try await ClusterStatus.read(operation, kubectl, nodes, sights), &last)
            } catch {
                try Task.checkCancellation()
                show(Failure(error), &last)
            }
            try await operation.context.time.sleep(Self.pause)
        }
    }

    private func show(_ status: ClusterStatus, _ last: inout String) {
        switch format {
        case .json: put(status.json.json() + "\n", &last)
        case .text: put(status.text(operation.console.paint), &last)
        }
    }

    private func show(_ failure: Failure, _ last: inout String) {
        switch format {
        case .json:
            let node: Node = ["well": .bool(false), "error": .string(failure.text)]
            put(node.json() + "\n", &last)
        case .text: put(failure.text + "\n", &last)
        }
    }

    private func put(_ text: String, _ last: inout String) {
        let text = operation.context.redaction.clean(text)
        guard text != last else { return }
        let console = operation.console
        switch format {
        case .json: console.result(text)
        // From the upper left corner on, with all else cleared (ECMA-48: CUP, ED).
        case .text where console.drawsResults: console.result("\u{1B}[H\u{1B}[2J" + text)
        case .text: console.result((last.isEmpty ? "" : "\n") + "\(timestamp())\n" + text)
        }
        last = text
    }
}
