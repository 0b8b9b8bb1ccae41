import Manifests
import Playbook

extension Redaction {
    /// Adds all passwords and keys of an edition, but for what everybody may know.
    func add(_ values: SecretValues, of edition: Edition) {
        for key in edition.hidden(in: values) { values.reveal(key).map { add(Secret($0)) } }
    }
}
