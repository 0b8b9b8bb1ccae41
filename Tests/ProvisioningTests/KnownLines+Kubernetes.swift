extension KnownLines {
    static let ofKubernetes: [(name: String, line: String)] = [
        // runtimes and the kubelet
        (
            "cgroup-driver",
            "failed to run Kubelet: misconfiguration: kubelet cgroup driver: \"systemd\" is different from docker cgroup driver: \"cgroupfs\""
        ),
        (
            "cgroup-driver",
            "runc create failed: expected cgroupsPath to be of format \"slice:prefix:name\" for systemd cgroups, got \"/kubepods/burstable/pod1\" instead: unknown"
        ),
        (
            "cri-off",
            "\t[ERROR CRI]: container runtime is not running: output: rpc error: code = Unimplemented desc = unknown service runtime.v1alpha2.RuntimeService"
        ),
        (
            "cri-off",
            "validate service connection: CRI v1 runtime API is not implemented for endpoint \"unix:///run/containerd/containerd.sock\": rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService"
        ),
        (
            "runtime-down",
            "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: no such file or directory"
        ),
        (
            "runtime-down",
            "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?"
        ),
        (
            "pause-image",
            "failed to get sandbox image \"registry.k8s.io/pause:3.6\": failed to pull image \"registry.k8s.io/pause:3.6\": dial tcp 192.0.2.8:443: i/o timeout"
        ),
        (
            "pod-addresses",
            "plugin type=\"bridge\" failed (add): failed to allocate for range 0: no IP addresses available in range set: 198.51.100.145-198.51.100.158"
        ),
        (
            "shim-missing",
            "failed to create containerd task: exec: \"runc\": executable file not found in $PATH"
        ),
        (
            "oom-score",
            "runc create failed: unable to start container process: can't get final child's PID from pipe: write /proc/self/oom_score_adj: permission denied"
        ),
        (
            "containerd-configuration",
            "containerd: failed to load TOML: /etc/containerd/config.toml: (12, 3): duplicated tables"
        ),
        ("flag-unknown", "err=\"failed to parse kubelet flag: unknown flag: --pod-infra-container-image\""),
        ("systemd-unit", "Failed to enable unit: Unit kubelet.service not found."),
        ("unit-masked", "Failed to start containerd.service: Unit containerd.service is masked."),
        ("start-limit", "kubelet.service: Start request repeated too quickly."),
        (
            "network-plugin-missing",
            "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"
        ),
        ("network-plugin-missing", "Unable to update cni config: no networks found in /etc/cni/net.d"),
        ("calico-bgp", "calico/node is not ready: BIRD is not ready: BGP not established with 172.17.0.1"),
        (
            "dns-loop",
            "[FATAL] plugin/loop: Loop (127.0.0.1:55953 -> :53) detected for zone \".\", see https://coredns.io/plugins/loop#troubleshooting."
        ),
        (
            "kubelet-down",
            "[kubelet-check] The HTTP call equal to 'curl -sSL http://localhost:10248/healthz' failed with error: Get \"http://localhost:10248/healthz\": dial tcp 127.0.0.1:10248: connect: connection refused."
        ),
        ("kubelet-down", "[kubelet-check] The kubelet is not healthy after 4m0.00134s"),
        // clusters
        (
            "token-expired",
            "couldn't validate the identity of the API Server: could not find a JWS signature in the cluster-info ConfigMap for token ID \"xbzz28\""
        ),
        (
            "token-expired",
            "token id \"dgtuzb\" is invalid for this cluster or it has expired. Use \"kubeadm token create\" on the control-plane node to create a new valid token"
        ),
        (
            "certificate-key",
            "error downloading certs: error downloading the secret: Secret \"kubeadm-certs\" was not found in the \"kube-system\" Namespace."
        ),
        (
            "another-cluster",
            "cluster CA found in cluster-info ConfigMap is invalid: none of the public keys \"sha256:aa\" are pinned"
        ),
        (
            "name-taken",
            "error execution phase kubelet-start: a Node with name \"n2\" and status \"Ready\" already exists in the cluster. You must delete the existing Node or change the name of this new joining Node"
        ),
        (
            "address-not-certified",
            "Unable to connect to the server: x509: certificate is valid for 10.96.0.1, 192.0.2.11, not 198.51.100.11"
        ),
        (
            "certificate-expired",
            "Unable to connect to the server: x509: certificate has expired or is not yet valid: current time 2026-11-21T10:00:00Z is after 2026-10-01T10:00:00Z"
        ),
        (
            "etcd-learner",
            "error creating local etcd static pod manifest file: etcdserver: too many learner members in cluster"
        ),
        ("etcd-learner", "etcdserver: can only promote a learner member which is in sync with leader"),
        (
            "etcd-member",
            "error execution phase check-etcd: etcd cluster is not healthy: failed to dial endpoint https://192.0.2.13:2379 with maintenance client: context deadline exceeded"
        ),
        (
            "etcd-member",
            "{\"level\":\"fatal\",\"msg\":\"discovery failed\",\"error\":\"member 8e9e05c52164694d has already been bootstrapped\"}"
        ),
        ("etcd-member", "etcdserver: re-configuration failed due to not enough started members"),
        ("etcd-full", "Error from server: etcdserver: mvcc: database space exceeded"),
        ("etcd-slow", "Error from server: etcdserver: request timed out"),
        (
            "version-skew",
            "this version of kubeadm only supports deploying clusters with the control plane version >= 1.35.0. Current version: v1.20.2"
        ),
        (
            "kubeadm-api",
            "no kind \"InitConfiguration\" is registered for version \"kubeadm.k8s.io/v1beta4\" in scheme \"k8s.io/kubernetes/cmd/kubeadm/app/apis/kubeadm/scheme/scheme.go:30\""
        ),
        (
            "disruption-budget",
            "error when evicting pods/\"lms-1\" -n \"openedx\" (will retry after 5s): Cannot evict pod as it would violate the pod's disruption budget."
        ),
        (
            "webhook",
            "Error from server (InternalError): Internal error occurred: failed calling webhook \"validate.nginx.ingress.kubernetes.io\": no endpoints available"
        ),
        (
            "kind-missing",
            "resource mapping not found for name: \"default\" namespace: \"\" from \"STDIN\": no matches for kind \"Installation\" in version \"operator.tigera.io/v1\""
        ),
        (
            "manifest-wrong",
            "error: error parsing network-plugin.yaml: error converting YAML to JSON: yaml: line 3: did not find expected key"
        ),
        (
            "manifest-wrong",
            "Error from server (BadRequest): Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding error: unknown field \"spec.replica\""
        ),
        (
            "forbidden",
            "Error from server (Forbidden): nodes is forbidden: User \"system:anonymous\" cannot list resource \"nodes\" in API group \"\" at the cluster scope"
        ),
        (
            "no-node-fits",
            "0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available"
        ),
        ("claim-unbound", "running PreBind: pod has unbound immediate PersistentVolumeClaims"),
        ("mount-failed", "mount.nfs: access denied by server while mounting 192.0.2.50:/srv/openedx"),
        // what only follows
        (
            "api-down",
            "The connection to the server 192.0.2.11:6443 was refused - did you specify the right host or port?"
        ),
        ("api-down", "[control-plane-check] kube-apiserver is not healthy after 4m0.000802s"),
        ("tls-timeout", "net/http: TLS handshake timeout"),
        ("refused", "dial tcp 192.0.2.20:5000: connect: connection refused"),
        ("no-route", "dial tcp 192.0.2.20:5000: connect: no route to host"),
        (
            "network-timeout",
            "failed to do request: Head \"https://registry.k8s.io/v2/\": dial tcp 192.0.2.8:443: i/o timeout"
        ),
        ("network-timeout", "   Could not connect to deb.debian.org:80 (192.0.2.7), connection timed out"),
        ("network-cut", "read tcp 192.0.2.11:40222->192.0.2.8:443: read: connection reset by peer"),
        (
            "mirror-trouble",
            "W: Some index files failed to download. They have been ignored, or old ones used instead."
        ),
        ("pull-failed", "Failed to pull image \"x\": rpc error: code = Unknown desc = something new"),
        ("wait-over", "error: timed out waiting for the condition"),
        ("command-missing", "sh: 12: crictl: not found"),
        ("not-allowed", "chattr: Operation not permitted while setting flags on /etc/resolv.conf"),
    ]
}
