import Inventory
import Manifests
import Playbook
import YAML

extension UpgradeRoll {
    /// Keeps pods off a node.
    ///
    /// The mark and the cordon are one change, so that a node which somebody else has cordoned is
    /// never taken for one of ours, wherever this ends.
    func hold(_ node: String) async -> PhaseOutcome {
        await tell(UpgradePhases.hold(node), node) { object in
            guard object["spec"]?["unschedulable"]?.text != "true" else { return nil }
            return [
                "metadata": ["annotations": .mapping([UpgradePlan.annotation: "held"])],
                "spec": ["unschedulable": true],
            ]
        }
    }

    /// Lets pods back onto a node, unless somebody else keeps them off.
    func release(_ node: String) async -> PhaseOutcome {
        await tell(UpgradePhases.release(node), node) { object in
            guard object["metadata"]?["annotations"]?[UpgradePlan.annotation] != nil else { return nil }
            return [
                "metadata": ["annotations": .mapping([UpgradePlan.annotation: .null])],
                "spec": ["unschedulable": .null],
            ]
        }
    }

    /// Asks the cluster for a node and tells it what becomes of it.
    ///
    /// It is no playbook: a playbook would wait on the control plane until the drain of another node is over, and that may
    /// wait for this one.
    ///
    /// - Parameters:
    ///   - phase: what it is called.
    ///   - node: the node.
    ///   - change: gets the node, and gives what is to be merged into it; nil where it is as it should be.
    /// - Returns: how it ended.
    private func tell(_ phase: Phase, _ node: String, _ change: (Node) -> Node?) async -> PhaseOutcome {
        func tell(_ event: StepEvent) {
            upgrade.onEvent(RunEvent(host: plane.name, phase: phase.id, kind: .step(event)))
        }
        upgrade.onEvent(RunEvent(host: plane.name, phase: phase.id, kind: .started(title: phase.title)))
        var ending = PhaseOutcome.Ending.done
        var changes = 0
        do {
            let object = try await ask(["get", "node", node, "--output=json"])
            if let patch = change(object) {
                switch upgrade.settings.mode {
                case .plan: tell(.wouldChange(step: phase.title))
                case .apply:
                    _ = try await ask([
                        "patch", "node", node, "--type=merge", "--output=json", "--patch=\(patch.json())",
                    ])
                }
                changes = 1
            }
        } catch let silent as ClusterSilent {
            ending = .failed(PhaseFailure(message: silent.said, next: "run the same command again"))
        } catch {
            let told = upgrade.surroundings.explain(error)
            ending =
                Task.isCancelled
                ? .interrupted : .failed(PhaseFailure(message: told.message, next: told.cure, error: error))
        }
        let outcome = PhaseOutcome(phase: phase.id, host: plane.name, ending: ending, changes: changes)
        upgrade.onEvent(RunEvent(host: plane.name, phase: phase.id, kind: .ended(outcome)))
        return outcome
    }

    /// Runs kubectl, again where its trouble passes by itself.
    ///
    /// - Throws: ``ClusterSilent`` when it gives no object, ``KubectlLost``, or what the transport throws.
    private func ask(_ arguments: [String]) async throws -> Node {
        try await patient(kubectl.ask, ContinuousClock())(arguments, []).document()
    }

    /// How nodes stand after an upgrade that did not come to its end.
    func state() async -> [Finding] {
        // This task may be cancelled, and the cluster is asked all the same.
        let asking = Task { try await ClusterObjects.read(kubectl) }
        guard let objects = try? await asking.value else { return [] }
        return plan.members.map(\.host.name).compactMap { name in
            guard objects.node(name)?["metadata"]?["annotations"]?[UpgradePlan.annotation] != nil else {
                return nil
            }
            return Finding(
                .warning, host: name, "it takes no new pods",
                cure:
                    "the same command goes on and gives it back; `mooc-cluster node uncordon \(name)` does it now"
            )
        }
    }
}
