import Console
import Inventory
import Playbook
import Provisioning
import YAML

extension Operation {
    /// The administrator's kubeconfig, read from the first control plane that can be reached and has one.
    ///
    /// - Throws: ``Complaint`` when there is no cluster yet, and what connecting to the first throws.
    func kubeconfig() async throws -> Secret {
        let first = try await controlPlane()
        do {
            return try await kubeconfig(from: first)
        } catch {
            for host in site.cluster.hosts(of: .controlPlane) where host.name != first.name {
                try Task.checkCancellation()
                guard let text = try? await kubeconfig(from: host) else { continue }
                return text
            }
            throw error
        }
    }

    private func kubeconfig(from host: Host) async throws -> Secret {
        let path = "playbooks/kubeconfig.yml"
        let diagnostics = Diagnostics()
        let playbook = Playbook.read(try surroundings.asset(path), file: path, diagnostics: diagnostics)
        guard let playbook else { throw InvalidInput(diagnostics.sorted) }
        var values = Values()
        values["HOST_ADDRESS"] = host.address
        let result = try await Runner().run(
            playbook, values: values, mode: .apply, privilege: try await surroundings.privilege(host),
            on: try await surroundings.connect(host))
        guard let text = result.registered["ADMIN_KUBECONFIG"], !text.isEmpty else {
            throw Complaint(.failed, "\(host.name) has no cluster yet; run: mooc-cluster up")
        }
        return Secret(text)
    }
}
