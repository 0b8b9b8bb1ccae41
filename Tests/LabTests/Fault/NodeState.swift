import Testing
import YAML

extension LabNode {
    /// All that a run leaves on the node, so that two runs can be compared: files, packages and units.
    ///
    /// Of keys, certificates and what is made from them only the names, modes and owners are compared, since those of
    /// two clusters differ; of volumes only the folders. Left out are kubectl's cache, and units that there are for
    /// as long as a container runs.
    func state() async throws -> [String] {
        let text = try await read(
            """
            find /etc /opt /usr/local /home /root /var/lib/mooc-cluster /var/lib/kubelet/config.yaml \\
                /var/lib/kubelet/kubeadm-flags.env -xdev ! -name .bash_history ! -path '/root/.kube/cache/*' \\
                ! -path '/var/lib/mooc-cluster/*/*/*' -printf 'file %p %y %m %u:%g %l\\n' 2>/dev/null || true
            find /etc /opt /usr/local /var/lib/kubelet/config.yaml /var/lib/kubelet/kubeadm-flags.env -xdev -type f \\
                ! -path '/etc/kubernetes/pki/*' ! -path '/etc/kubernetes/*.conf' ! -path '/etc/ssh/ssh_host*' \\
                ! -name machine-id ! -name ld.so.cache ! -name '*-' ! -name shadow \\
                -exec sha256sum {} + 2>/dev/null | sed 's/^/content /' || true
            dpkg-query -W -f 'package ${Package} ${Version} ${db:Status-Abbrev}\\n'
            systemctl list-unit-files --no-legend --no-pager | awk '$2 != "transient" { print "unit", $1, $2 }'
            systemctl list-units --failed --no-legend --no-pager --plain | awk '{ print "failed unit", $1 }'
            apt-mark showhold | sed 's/^/held /'
            """, within: .seconds(120))
        return text.split(separator: "\n").map(String.init).sorted()
    }
}

extension ClusterState {
    /// The cluster's objects by kind, namespace and name, and what workloads and volumes are to be like.
    ///
    /// Left out are what the cluster gives each object anew, such as addresses and the ends of generated names, and
    /// what comes and goes, such as pods and tokens.
    func objects() async throws -> [String] {
        var all: [String] = []
        for kind in [
            "namespaces", "nodes", "deployments", "statefulsets", "daemonsets", "services", "configmaps",
            "secrets", "serviceaccounts", "persistentvolumes", "persistentvolumeclaims", "roles",
            "rolebindings", "clusterroles", "clusterrolebindings", "jobs",
        ] {
            for object in try await kubectl.list(kind) where !object.name.hasPrefix("bootstrap-token-") {
                let name = object.name.replacing(/-token-[a-z0-9]{5}$/, with: "-token")
                let place = object.at("metadata", "namespace")?.text ?? ""
                var line = "\(kind) \(place)/\(name)"
                if ["deployments", "statefulsets", "daemonsets"].contains(kind) {
                    line += " " + (object["spec"]?.json() ?? "")
                }
                if kind == "persistentvolumes" {
                    line +=
                        " "
                        + ["capacity", "local", "nodeAffinity", "storageClassName"].map {
                            object.at("spec", $0)?.json() ?? ""
                        }.joined()
                }
                if kind == "nodes" {
                    let labels = object.at("metadata", "labels")?.json() ?? ""
                    line += " \(labels) \(object.at("spec", "taints")?.json() ?? "")"
                }
                all.append(line)
            }
        }
        return all.sorted()
    }
}
