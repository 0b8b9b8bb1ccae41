extension KnownCause {
    /// Causes in the host itself: disks, memory, kernel, names, clock.
    static let ofHosts: [KnownCause] = [
        // the kernel says ENOSPC for watches too, so this comes before the full disk
        KnownCause(
            "inotify-watches", ["inotify_add_watch … no space left on device"],
            cause: "the kernel has no inotify watches left; the disk is not full",
            cure: "raise fs.inotify.max_user_watches, which the phase system does",
            command: "sysctl fs.inotify"),
        KnownCause(
            "inotify-instances",
            [
                "inotify_init … too many open files", "inotify … too many open files",
                "fsnotify … too many open files",
            ],
            cause: "the kernel has no inotify instances left",
            cure: "raise fs.inotify.max_user_instances, which the phase system does",
            command: "sysctl fs.inotify"),
        KnownCause(
            "open-files", ["too many open files"], cause: "a program may open no more files",
            cure: "raise its LimitNOFILE, or fs.file-max when all of them have this",
            command: "sysctl fs.file-nr"),
        KnownCause(
            "disk-full", ["no space left on device", "disk quota exceeded", "enough free space in"],
            cause: "the disk is full", cure: "make room on the host",
            command: "df -h / /var /var/lib/containerd; df -i /"),
        KnownCause(
            "disk-pressure",
            ["diskpressure", "disk-pressure", "node was low on resource: ephemeral-storage"],
            cause: "the kubelet evicts pods because the disk is nearly full", cure: "make room on the host",
            command: "df -h /var/lib/kubelet /var/lib/containerd"),
        KnownCause(
            "read-only", ["read-only file system"],
            cause: "the file system is read-only, often because the kernel met an error of the disk",
            cure: "look at the kernel's messages, and at the disk", command: "dmesg | tail -n 50"),
        KnownCause(
            "disk-errors", ["input/output error", "blk_update_request: i/o error"],
            cause: "the disk has errors",
            cure: "look at the kernel's messages, and replace the disk", command: "dmesg | tail -n 50"),
        KnownCause(
            "out-of-memory", ["cannot allocate memory", "out of memory: kill", "oom-kill:", "oomkilled"],
            cause: "the host or a container has no memory left",
            cure: "give it more, or run less on it", command: "free -m; dmesg | grep -i oom | tail"),
        KnownCause(
            "swap-on", ["running with swap on", "[error swap]", "fail-swap-on"],
            cause: "swap is on, and the kubelet refuses to start",
            cure: "find what turns it on; the phase swap turns it off", command: "cat /proc/swaps"),
        KnownCause(
            "ip-forward", ["ip_forward contents are not set to 1", "net.ipv4.ip_forward … disabled"],
            cause: "the kernel does not forward packets",
            cure: "find what sets net.ipv4.ip_forward to 0 after the phase system has set it",
            command: "grep -rs ip_forward /etc/sysctl.conf /etc/sysctl.d /usr/lib/sysctl.d"),
        KnownCause(
            "br-netfilter",
            [
                "bridge-nf-call-iptables does not exist", "bridge-nf-call-ip6tables does not exist",
                "bridge-nf-call-iptables contents are not set", "bridge-nf-call-iptables: no such file",
            ],
            cause: "the kernel module br_netfilter is not loaded",
            cure: "load it; the phase system does so at boot too", command: "modprobe br_netfilter"),
        KnownCause(
            "module-missing", ["modprobe: fatal: module … not found"],
            cause: "the running kernel has no modules any more, as after an upgrade without a reboot",
            cure: "start the host anew", command: "uname -r; ls /lib/modules"),
        KnownCause(
            "conntrack-full", ["nf_conntrack: table full"],
            cause: "the kernel tracks as many connections as it may, and drops packets",
            cure: "raise net.netfilter.nf_conntrack_max",
            command: "sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max"),
        KnownCause(
            "port-in-use", ["is in use … [error port-", "address already in use"],
            cause: "another program listens on a port that Kubernetes needs",
            cure: "stop it; what an earlier cluster left, `mooc-cluster reset` takes away",
            command: "ss -ltnp"),
        KnownCause(
            "not-empty", ["[error diravailable", "[error fileavailable"],
            cause: "files of an earlier cluster are on the host",
            cure: "`mooc-cluster reset` takes them away, with all of that cluster",
            command: "ls -A /etc/kubernetes/manifests /var/lib/etcd"),
        KnownCause(
            "too-small", ["[error numcpu]", "[error mem]"],
            cause: "the machine is smaller than kubeadm wants a control plane to be",
            cure: "give it two processors and 2 GB of memory at least", command: "nproc; free -m"),
        KnownCause(
            "hostname-unresolvable",
            [
                "hostname … could not be reached", "unable to resolve host",
                "lookup … on … no such host … hostname",
            ],
            cause: "the host cannot resolve its own name",
            cure: "the phase system writes all names into /etc/hosts: find what takes them out again",
            command: "getent hosts \"$(hostname)\""),
        KnownCause(
            "release-not-valid", ["is not valid yet (invalid for another"],
            cause: "the host's clock is behind, so apt takes the mirror's index for one of the future",
            cure: "set the clock of the host", command: "timedatectl"),
        KnownCause(
            "selinux", ["avc:  denied", "selinux … permission denied"], cause: "SELinux forbids it",
            cure: "allow it by a policy, or set SELinux to permissive", command: "ausearch -m avc -ts recent"),
        KnownCause(
            "apparmor", ["apparmor=\"denied\""], cause: "AppArmor forbids it",
            cure: "change the profile that it names",
            command: "aa-status"),
        KnownCause(
            "cgroup-v1", ["not to run on a host using cgroup v1", "not run on a host using cgroup v1"],
            cause: "the host has control groups of version 1, which this kubelet refuses",
            cure: "start it with systemd.unified_cgroup_hierarchy=1, or choose Kubernetes before 1.35",
            command: "stat -fc %T /sys/fs/cgroup"),
        KnownCause(
            "cgroup-missing", ["missing required cgroups", "cgroup subsystem not mounted"],
            cause: "the kernel has control groups turned off that Kubernetes needs",
            cure: "turn them on in the kernel's command line, as cgroup_enable=memory on a Raspberry Pi",
            command: "cat /sys/fs/cgroup/cgroup.controllers /proc/cmdline"),
        KnownCause(
            "iptables-missing",
            ["iptables: no such file or directory", "\"iptables\": executable file not found"],
            cause: "iptables is not installed", cure: "install it", command: "apt-get install iptables"),
        KnownCause(
            "xtables-lock", ["another app is currently holding the xtables lock"],
            cause: "another program changes the firewall for a long time", cure: "find it, or wait",
            command: "fuser -v /run/xtables.lock"),
    ]
}
