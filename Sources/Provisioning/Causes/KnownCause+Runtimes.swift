extension KnownCause {
    private static let journal = "journalctl --no-pager -u kubelet -n 50"

    /// Causes of container runtimes and the kubelet.
    static let ofRuntimes: [KnownCause] = [
        KnownCause(
            "cgroup-driver",
            [
                "kubelet cgroup driver … is different from", "expected cgroupspath to be of format",
                "runc did not terminate successfully … cgroupspath",
            ],
            cause: "the kubelet and the container runtime do not use the same cgroup driver",
            cure: "both are to use systemd's: the phases containerd, docker and control-plane set it",
            command: "grep -i cgroup /etc/containerd/config.toml /var/lib/kubelet/config.yaml"),
        KnownCause(
            "cri-off", ["unknown service runtime.v1"],
            cause: "containerd runs without its CRI plugin, or is too old or too new for this kubelet",
            cure: "take `cri` out of disabled_plugins; the phase containerd does, and checks the version",
            command: "containerd --version; grep disabled_plugins /etc/containerd/config.toml"),
        KnownCause(
            "runtime-down",
            [
                "[error cri]: container runtime is not running", "containerd.sock: connect: no such file",
                "containerd.sock: connect: connection refused", "cannot connect to the docker daemon",
                "containerd.sock … no such file or directory", "container runtime is down",
            ],
            cause: "the container runtime does not run", cure: "see why, and start it",
            command: "journalctl --no-pager -u containerd -u docker -n 50"),
        KnownCause(
            "pause-image",
            [
                "failed to get sandbox image", "failed to pull image … pause",
                "failed to create pod sandbox … pause",
            ],
            cause: "the pause image is neither on the host nor to be pulled",
            cure:
                "check kubernetes.imageRepository and mirrors.registries; then run the phases containerd and images again",
            command: "crictl images | grep pause; grep -n pause /etc/containerd/config.toml"),
        KnownCause(
            "shim-missing",
            ["\"runc\": executable file not found", "containerd-shim-runc-v2 … not installed"],
            cause: "runc is not installed", cure: "install it", command: "apt-get install runc"),
        KnownCause(
            "oom-score", ["write /proc/self/oom_score_adj: permission denied"],
            cause: "this machine is a container that may not protect processes from memory shortage",
            cure: "set restrict_oom_score_adj, which the phase containerd does in such machines",
            command: "grep -n restrict_oom_score_adj /etc/containerd/config.toml"),
        KnownCause(
            "containerd-configuration",
            ["failed to load toml", "invalid plugin config", "unsupported config version"],
            cause: "containerd cannot read its configuration",
            cure: "mend it, or move it away and run the phase containerd again",
            command: "containerd config dump"),
        KnownCause(
            "flag-unknown", ["failed to parse kubelet flag", "unknown flag: --"],
            cause: "the kubelet is started with an option that this version does not know any more",
            cure: "take it out of KUBELET_EXTRA_ARGS",
            command: "cat /var/lib/kubelet/kubeadm-flags.env /etc/default/kubelet"),
        KnownCause(
            "systemd-unit",
            [
                "unit kubelet.service not found", "unit containerd.service not found",
                "unit docker.service not found",
            ],
            cause: "the service is not installed", cure: "run the phases containerd and packages again",
            command: "systemctl list-unit-files 'kubelet*' 'containerd*' 'docker*'"),
        KnownCause(
            "unit-masked", ["is masked"],
            cause: "somebody has masked the service, so that nothing can start it",
            cure: "unmask it", command: "systemctl list-unit-files --state=masked"),
        KnownCause(
            "start-limit", ["start request repeated too quickly", "start-limit-hit"],
            cause: "the service ended so often that systemd starts it no more", cure: "see why it ends",
            command: "systemctl --failed; journalctl --no-pager -p err -n 50", isConsequence: true),
        KnownCause(
            "network-plugin-missing",
            [
                "cni plugin not initialized", "cni config uninitialized",
                "no networks found in /etc/cni/net.d", "failed to find plugin",
            ],
            cause: "no network plugin runs on the node yet", cure: "see how the plugin's pod is",
            command: "kubectl --kubeconfig /etc/kubernetes/admin.conf get pods -A -o wide",
            isConsequence: true),
        KnownCause(
            "calico-bgp", ["bird is not ready: bgp not established"],
            cause: "Calico's nodes do not reach each other: a firewall, or the wrong network card",
            cure: "let TCP port 179 and IP protocol 4 through between all nodes",
            command: "ss -ltn 'sport = :179'"),
        KnownCause(
            "dns-loop", ["plugin/loop: loop"],
            cause: "CoreDNS asks itself, because the host's resolv.conf names a resolver on 127.0.0.1",
            cure: "set resolvConf of the kubelet to a file with real name servers",
            command: "cat /etc/resolv.conf"),
        KnownCause(
            "kubelet-down",
            [
                "the kubelet is not healthy", "the kubelet isn't running or healthy",
                "127.0.0.1:10248: connect",
                "localhost:10248", "failed while waiting for the kubelet to start",
            ],
            cause: "the kubelet does not get healthy", cure: "its journal says why", command: journal,
            isConsequence: true),
    ]
}
