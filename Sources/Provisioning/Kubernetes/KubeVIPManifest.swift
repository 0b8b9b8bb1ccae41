import Inventory
import YAML

/// The static pod of kube-vip on one control plane.
///
/// It is what `kube-vip manifest pod --controlplane --arp --leaderElection` of v1.2.3 prints (pkg/kubevip,
/// config_generator.go), but for what comments say.
struct KubeVIPManifest {
    /// The address.
    let virtual: VirtualAddress
    /// The image.
    let image: String
    /// The link that bears the address.
    let link: String

    /// The pod as the kubelet reads it.
    ///
    /// - Parameter credentials: the name of the kubeconfig in /etc/kubernetes by which it asks for the Lease.
    /// - Returns: the pod as an object.
    func pod(credentials: String) -> Node {
        [
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": ["name": "kube-vip", "namespace": "kube-system"],
            "spec": [
                "hostNetwork": true,
                // as kubeadm's own static pods: nothing on the node may push it aside
                "priorityClassName": "system-node-critical",
                "containers": [container],
                "volumes": [
                    [
                        "name": "kubeconfig",
                        // without a type the runtime would make a folder of that name where the file is not there yet
                        "hostPath": ["path": .string("/etc/kubernetes/\(credentials)"), "type": "File"],
                    ]
                ],
            ],
        ]
    }

    private var container: Node {
        [
            "name": "kube-vip",
            "image": .string(image),
            "imagePullPolicy": "IfNotPresent",
            "args": ["manager"],
            "env": .sequence(
                [["name": "vip_nodename", "valueFrom": ["fieldRef": ["fieldPath": "spec.nodeName"]]]]
                    + environment.map { ["name": .string($0), "value": .string($1)] }),
            "securityContext": ["capabilities": ["add": ["NET_ADMIN", "NET_RAW"], "drop": ["ALL"]]],
            "volumeMounts": [
                ["name": "kubeconfig", "mountPath": "/etc/kubernetes/admin.conf", "readOnly": true]
            ],
        ]
    }

    private var environment: KeyValuePairs<String, String> {
        [
            "vip_arp": "true",
            "cp_enable": "true",
            "cp_namespace": "kube-system",
            "address": virtual.address,
            "vip_subnet": "32",
            "vip_interface": link,
            "port": "6443",
            // the host's own API server, which has this name in its certificate; by the alias `kubernetes`, which the
            // makers' manifest takes, a static pod of some kubelets of 1.29 would not find it (kube-vip#692)
            "kubernetes_addr": "https://127.0.0.1:6443",
            "vip_leaderelection": "true",
            "vip_leasename": "plndr-cp-lock",
            // the makers' own, and those of Kubernetes' controllers: a pause of etcd moves nothing
            "vip_leaseduration": "15",
            "vip_renewdeadline": "10",
            "vip_retryperiod": "2",
            // the makers let everybody read its numbers
            "prometheus_server": "127.0.0.1:2112",
        ]
    }
}
