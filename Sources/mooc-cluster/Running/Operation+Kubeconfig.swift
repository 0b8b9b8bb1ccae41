import Console
import Inventory
import Playbook
import Provisioning
import YAML

extension Operation {
    /// The administrator's kubeconfig, read from the first control plane.
    ///
    /// - Throws: ``Complaint`` when there is no cluster yet, and what connecting throws.
    func kubeconfig() async throws -> Secret {
        let host = try controlPlane()
        let path = "playbooks/kubeconfig.yml"
        let diagnostics = Diagnostics()
        let playbook = Playbook.read(try surroundings.asset(path), file: path, diagnostics: diagnostics)
        guard let playbook else { throw InvalidInput(diagnostics.sorted) }
        let result = try await Runner().run(
            playbook, values: Values(), mode: .apply, privilege: try await surroundings.privilege(host),
            on: try await surroundings.connect(host))
        guard let text = result.registered["ADMIN_KUBECONFIG"], !text.isEmpty else {
            throw Complaint(.failed, "\(host.name) has no cluster yet; run: mooc-cluster up")
        }
        return Secret(text)
    }
}
