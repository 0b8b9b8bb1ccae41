import Console
import Cryptography
import Inventory
import Manifests
import Playbook
import Provisioning
import YAML

/// The way into a cluster for a user who is no administrator: a key of their own, with a certificate that the cluster
/// signs, and the rights of a ClusterRole.
struct UserKubeconfig {
    /// The user's name: the common name of the certificate.
    let name: String
    /// The ClusterRole whose rights the user gets.
    let role: String
    /// Days until the certificate ends.
    let days: Int

    /// What was made.
    struct Outcome {
        /// The kubeconfig, with everything in it named after user and cluster.
        let config: Node
        /// When the certificate ends, in seconds since 1970; a cluster may know better than what was asked for.
        let end: Int
    }

    /// Whether a text can name a user: it stands in a certificate, in names of objects and in commands.
    static func isName(_ text: String) -> Bool {
        text.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._@\-]{0,63}/) != nil
    }

    /// Makes key and certificate, and binds the user to the role; the key never leaves this machine.
    ///
    /// - Throws: ``Complaint`` when the cluster does not do it, and what connecting throws.
    func make(_ operation: Operation) async throws -> Outcome {
        let kubectl = try await operation.kubectl()
        let admin = try await operation.kubeconfig().reveal()
        let cluster = operation.site.cluster.name
        let found = try await kubectl(["get", "clusterrole", role, "--output=name"], [])
        guard found.code == 0 else {
            throw Complaint(.usage, "the cluster gives no ClusterRole '\(role)': \(Self.words(found))")
        }
        guard let pair = CertificateRequest(name: name) else {
            throw Complaint(.failed, "no key could be made")
        }
        let certificate = try await sign(pair.request, kubectl, operation.context.time)
        guard let end = ServerCertificate.end(of: certificate) else {
            throw Complaint(.failed, "the cluster signed something that is no certificate")
        }
        try await ask(
            kubectl, ["apply", "--server-side", "--field-manager=mooc-cluster", "--filename=-"], binding,
            for: "bind the user")
        var config = try KubeconfigMerge.renamed(admin, cluster: cluster)
        let own = "\(name)@\(cluster)"
        config["users"] = [
            [
                "name": .string(own),
                "user": [
                    "client-certificate-data": .string(Base64.encode(Array(certificate.utf8))),
                    "client-key-data": .string(Base64.encode(Array(pair.key.utf8))),
                ],
            ]
        ]
        config["contexts"] = [
            ["name": .string(own), "context": ["cluster": .string(cluster), "user": .string(own)]]
        ]
        config["current-context"] = .string(own)
        return Outcome(config: config, end: end)
    }

    /// Has the cluster sign a request, by its own API for that; the request is taken away again.
    private func sign(
        _ request: String, _ kubectl: Manifests.Kubectl, _ time: Timekeeper
    ) async throws -> String {
        let object = "mooc-cluster-" + String(UInt64.random(in: .min ... .max), radix: 36)
        let order: Node = [
            "apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest",
            "metadata": ["name": .string(object)],
            "spec": [
                "request": .string(Base64.encode(Array(request.utf8))),
                "signerName": "kubernetes.io/kube-apiserver-client", "usages": ["client auth"],
                "expirationSeconds": .int(days * 86_400),
            ],
        ]
        // Before 1.22 a cluster does not know expirationSeconds, and leaves it out when nobody checks.
        try await ask(
            kubectl, ["create", "--validate=false", "--filename=-"], order, for: "ask for a certificate")
        do {
            let certificate = try await approved(object, kubectl, time)
            _ = try await kubectl(["delete", "certificatesigningrequest", object], [])
            return certificate
        } catch {
            _ = try? await kubectl(["delete", "certificatesigningrequest", object], [])
            throw error
        }
    }

    private func approved(
        _ object: String, _ kubectl: Manifests.Kubectl, _ time: Timekeeper
    ) async throws -> String {
        try await ask(kubectl, ["certificate", "approve", object], nil, for: "approve the certificate")
        let get = ["get", "certificatesigningrequest", object, "--output=json"]
        for _ in 0..<60 {
            let answer = try await ask(kubectl, get, nil, for: "read the certificate")
            let text = String(decoding: answer, as: UTF8.self)
            let request = YAMLParser.document(text, file: "kubectl", diagnostics: Diagnostics())
            if let signed = request?["status"]?["certificate"]?.text.flatMap(Base64.bytes) {
                return String(decoding: signed, as: UTF8.self)
            }
            if let reason = request?.condition("Failed")?["message"]?.text {
                throw Complaint(.failed, "the cluster does not sign: \(reason)")
            }
            try await time.sleep(.milliseconds(500))
        }
        throw Complaint(
            .failed, "the cluster has not signed within 30 seconds; is kube-controller-manager well?")
    }

    /// The user with the role's rights in all namespaces.
    private var binding: Node {
        [
            "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
            "metadata": [
                "name": .string("mooc-cluster:\(name):\(role)"),
                "labels": ["app.kubernetes.io/managed-by": "mooc-cluster"],
            ],
            "roleRef": [
                "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": .string(role),
            ],
            "subjects": [
                ["apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": .string(name)]
            ],
        ]
    }

    @discardableResult
    private func ask(
        _ kubectl: Manifests.Kubectl, _ arguments: [String], _ input: Node?, for what: String
    ) async throws -> [UInt8] {
        let answer = try await kubectl(arguments, input.map { Array($0.json().utf8) } ?? [])
        guard answer.code == 0 else { throw Complaint(.failed, "could not \(what): \(Self.words(answer))") }
        return answer.output
    }

    private static func words(_ answer: KubectlOutput) -> String {
        String(decoding: answer.error, as: UTF8.self).split(whereSeparator: \.isNewline).joined(
            separator: "; ")
    }
}
