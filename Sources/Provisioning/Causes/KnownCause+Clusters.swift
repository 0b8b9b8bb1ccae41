extension KnownCause {
    private static let kubectl = "kubectl --kubeconfig /etc/kubernetes/admin.conf"
    private static let containers =
        "crictl ps -a; crictl logs --tail 20 \"$(crictl ps -aq --name etcd | head -n 1)\""

    /// Causes of kubeadm, the API server and etcd.
    static let ofClusters: [KnownCause] = [
        KnownCause(
            "token-expired",
            [
                "could not find a jws signature", "no jws signed token",
                "is invalid for this cluster or it has expired",
            ],
            cause: "the token that hosts join by has expired, or the controller manager does not sign it",
            cure: "a token that is older than ten minutes is made anew",
            command: "\(kubectl) -n kube-system get pods -l component=kube-controller-manager"),
        KnownCause(
            "certificate-key",
            ["secret \"kubeadm-certs\" was not found", "decrypting data with provided key"],
            cause:
                "the certificates for a further control plane are no longer in the cluster: they stay for two hours",
            cure: "they are uploaded anew",
            command: "rm -f /run/mooc-cluster/certificate-key"),
        KnownCause(
            "another-cluster",
            ["cluster ca found in cluster-info configmap is invalid", "none of the public keys"],
            cause: "the API server that answers is another cluster's",
            cure: "check the first control plane's address and kubernetes.controlPlaneEndpoint",
            command: "ip -4 addr"),
        KnownCause(
            "name-taken", ["a node with name … already exists in the cluster"],
            cause: "the cluster has a node of that name already",
            cure: "remove it first, or give this host another name", command: "\(kubectl) get nodes -o wide"),
        KnownCause(
            "pod-addresses", ["no ip addresses available in range set"],
            cause: "the node has no address left for another pod",
            cure: "add a node; a new cluster with a smaller kubernetes.nodeCIDRMask has more for each",
            command: "\(kubectl) get pods -A -o wide"),
        KnownCause(
            "address-not-certified", ["x509: certificate is valid for … not "],
            cause: "the API server's certificate does not have the name or address that it was asked by",
            cure: "add it to kubernetes.certificateNames and have the certificate made anew",
            command: "openssl x509 -noout -ext subjectAltName -in /etc/kubernetes/pki/apiserver.crt"),
        KnownCause(
            "certificate-expired",
            ["x509: certificate has expired … is after"],
            cause: "a certificate of the cluster has expired: they last a year", cure: "renew them",
            command: "kubeadm certs check-expiration"),
        KnownCause(
            "clock-behind", ["not yet valid"],
            cause: "clocks differ, so a certificate is not valid yet",
            cure: "set the clocks of the hosts", command: "timedatectl"),
        KnownCause(
            "etcd-learner", ["too many learner members", "can only promote a learner member"],
            cause: "a control plane is still on its way into etcd, and takes one at a time",
            cure: "wait for a moment; a member that never started must be taken out",
            command: containers),
        KnownCause(
            "etcd-member",
            [
                "has already been bootstrapped", "has already been removed", "cluster id mismatch",
                "couldn't find local name … in the initial cluster",
                "not enough started members", "failed to dial endpoint … maintenance client",
                "etcdserver: unhealthy cluster",
            ],
            cause: "etcd's list of members has one that is gone, or this host's data is of another cluster",
            cure:
                "take the member that is gone out of etcd, or reset this host with `mooc-cluster reset --limit`",
            command:
                "crictl exec \"$(crictl ps -q --name etcd | head -n 1)\" etcdctl --endpoints https://127.0.0.1:2379 "
                + "--cacert /etc/kubernetes/pki/etcd/ca.crt --cert /etc/kubernetes/pki/etcd/server.crt "
                + "--key /etc/kubernetes/pki/etcd/server.key member list"),
        KnownCause(
            "etcd-full", ["mvcc: database space exceeded"], cause: "etcd has used up its space",
            cure: "compact and defragment it, and disarm its alarm", command: containers),
        KnownCause(
            "etcd-slow",
            [
                "etcdserver: request timed out", "etcdserver: leader changed", "etcdserver: no leader",
                "took too long", "slow fdatasync",
            ],
            cause: "etcd has no leader or is overloaded, often by a slow disk",
            cure: "look at the disks of the control planes; etcd wants writes within 10 ms",
            command: containers,
            isConsequence: true),
        KnownCause(
            "version-skew",
            [
                "is not a supported version skew", "is too new … kubeadm … only supports",
                "only supports deploying clusters with the control plane version",
            ],
            cause: "kubeadm, the kubelet and the cluster are too far apart in version",
            cure: "bring kubernetes.version to the cluster's, or go one minor version at a time",
            command: "kubeadm version -o short; kubelet --version; \(kubectl) version"),
        KnownCause(
            "kubeadm-api",
            [
                "no kind … is registered for version \"kubeadm.k8s.io", "old api spec: \"kubeadm.k8s.io",
                "this api version is not supported",
            ],
            cause: "kubeadm does not read the version of its configuration that was written for it",
            cure: "the installed kubeadm is not the one of kubernetes.version: run the phase packages again",
            command: "kubeadm version -o short"),
        KnownCause(
            "disruption-budget", ["would violate the pod's disruption budget"],
            cause: "a disruption budget forbids it",
            cure: "give the workload another replica elsewhere, or wait",
            command: "\(kubectl) get poddisruptionbudgets -A"),
        KnownCause(
            "webhook", ["failed calling webhook"],
            cause: "the API server asks a webhook about every change, and it does not answer",
            cure: "bring its workload back, or remove the webhook's configuration",
            command: "\(kubectl) get validatingwebhookconfigurations,mutatingwebhookconfigurations"),
        KnownCause(
            "kind-missing", ["no matches for kind", "ensure crds are installed first"],
            cause: "the manifest has an object of a kind that this cluster does not know",
            cure:
                "check the manifest's apiVersion for kubernetes.version, and apply the kind's definition first",
            command: "\(kubectl) api-resources"),
        KnownCause(
            "manifest-wrong",
            [
                "error validating data", "strict decoding error", "error parsing",
                "error converting yaml to json",
            ],
            cause: "the manifest is wrong", cure: "mend it where the message says",
            command: "\(kubectl) apply --dry-run=server -f /etc/kubernetes/mooc-cluster/network-plugin.yaml"),
        KnownCause(
            "forbidden", ["error from server (forbidden)"],
            cause: "the cluster does not allow it to this user",
            cure: "look at the roles; admin.conf of the first control plane is allowed everything",
            command: "\(kubectl) auth whoami"),
        KnownCause(
            "no-node-fits", ["nodes are available: "], cause: "no node can take a pod",
            cure:
                "the message says what each lacks: memory, processors, a taint that is not tolerated, a volume",
            command: "\(kubectl) describe nodes"),
        KnownCause(
            "claim-unbound", ["unbound immediate persistentvolumeclaims", "unbound persistentvolumeclaim"],
            cause: "a pod waits for a volume that nothing gives it", cure: "look at the claims",
            command: "\(kubectl) get persistentvolumes,persistentvolumeclaims -A"),
        KnownCause(
            "mount-failed", ["mount.nfs: ", "bad option; for several filesystems", "failedmount"],
            cause: "a volume cannot be mounted",
            cure: "check the NFS server, its exports and nfs-common on the node",
            command: "showmount -e SERVER"),
    ]

    /// What such a line says is so, but nearly always because of something else.
    static let ofConsequences: [KnownCause] = [
        KnownCause(
            "api-down",
            [
                "the connection to the server", "unable to connect to the server",
                ":6443: connect: connection refused",
                "couldn't validate the identity of the api server", "the api server is not healthy",
                "kube-apiserver is not healthy", ":6443: i/o timeout", ":6443: connect: no route to host",
            ],
            cause: "the API server does not answer",
            cure:
                "look at its container and at the kubelet on the first control plane; from another host, at the firewall",
            command: "crictl ps -a; journalctl --no-pager -u kubelet -n 50", isConsequence: true),
        KnownCause(
            "tls-timeout", ["tls handshake timeout"],
            cause:
                "the other side takes no time to answer: it is starting, overloaded, or packets are too large for the way",
            cure: "wait for a moment; when it stays so, compare the MTU of the hosts",
            command: "ip link; uptime",
            isConsequence: true),
        KnownCause(
            "refused", ["connection refused"], cause: "nobody listens at that address and port",
            cure: "see whether the service runs there, and whether a firewall refuses", command: "ss -ltn",
            isConsequence: true),
        KnownCause(
            "no-route", ["no route to host", "network is unreachable"],
            cause: "the host has no way to that address", cure: "look at its routes and at firewalls",
            command: "ip route", isConsequence: true),
        KnownCause(
            "network-timeout",
            [
                "i/o timeout", "connection timed out", "context deadline exceeded", "request canceled",
                "could not connect to",
            ],
            cause: "the other side did not answer in time",
            cure: "check mirrors and mirrors.proxy, the host's way to them, and firewalls",
            command: "ip route; uptime",
            isConsequence: true),
        KnownCause(
            "network-cut", ["connection reset by peer", "unexpected eof", "connection failed"],
            cause: "the connection broke off", cure: "wait for a moment", command: "dmesg | tail",
            isConsequence: true),
        KnownCause(
            "mirror-trouble", ["failed to fetch", "some index files failed to download"],
            cause: "the package mirror does not have what it promises, or breaks off",
            cure: "check mirrors.kubernetes and mirrors.proxy, and the host's way to them",
            command: "apt-get update", isConsequence: true),
        KnownCause(
            "pull-failed", ["failed to pull image", "pulling image", "errimagepull", "imagepullbackoff"],
            cause: "an image cannot be pulled",
            cure: "check mirrors.registries and kubernetes.imageRepository, and the host's way to them",
            command: "crictl images; ls /etc/containerd/certs.d", isConsequence: true),
        KnownCause(
            "wait-over", ["timed out waiting for the condition", "initial timeout of"],
            cause: "what was waited for did not come in time",
            cure: "see which containers do not run, and why",
            command: "crictl ps -a; journalctl --no-pager -u kubelet -n 50", isConsequence: true),
        KnownCause(
            "command-missing", ["command not found", ": not found"],
            cause: "a program is not installed on the host", cure: "install what the line names",
            command: "echo \"$PATH\"",
            isConsequence: true),
        KnownCause(
            "not-allowed", ["permission denied", "operation not permitted"],
            cause:
                "the system does not allow it, even to root: a container without rights, an immutable file, or SELinux",
            cure: "look at what it names", command: "systemd-detect-virt; dmesg | tail", isConsequence: true),
    ]
}
