import Console
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

extension Operation {
    /// The host that is asked about the cluster.
    ///
    /// - Throws: ``Complaint`` when the inventory has no control plane.
    func controlPlane() throws -> Host {
        guard let host = site.cluster.firstControlPlane else {
            throw Complaint(.badInput, "\(site.cluster.file): the inventory has no control plane")
        }
        return host
    }

    /// The way to the cluster: kubectl on its first control plane.
    ///
    /// What it is asked is kept in the record. What it says of an error, and the logs of pods, come without secrets.
    ///
    /// - Throws: ``Complaint`` when there is no control plane, and what connecting throws.
    func kubectl() async throws -> Manifests.Kubectl {
        let host = try controlPlane().name
        let ask = try await Provisioning.kubectl(on: site.cluster, surroundings)
        return { [context] arguments, input in
            let began = context.time.seconds()
            var answer = try await ask(arguments, input)
            answer.error = context.redaction.clean(answer.error)
            if answer.code != 0 || arguments.first == "logs" {
                answer.output = context.redaction.clean(answer.output)
            }
            context.record.take(
                answer, to: arguments, seconds: context.time.seconds() - began, on: host)
            return answer
        }
    }

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
