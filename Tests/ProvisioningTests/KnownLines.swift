/// Lines as kubeadm, the kubelet, containerd, etcd, apt and the kernel print them, and the cause that each gives away.
enum KnownLines {
    static let ofHostsAndPackages: [(name: String, line: String)] = [
        // the host
        (
            "inotify-watches",
            "W0813 12:48:05.682241   81153 raw.go:87] Error while processing event: inotify_add_watch /sys/fs/cgroup/cpuset/kubepods: no space left on device"
        ),
        (
            "inotify-instances",
            "F0812 16:26:52.166979  111106 server.go:269] failed to run Kubelet: inotify_init: too many open files"
        ),
        ("inotify-instances", "failed to create fsnotify watcher: too many open files"),
        ("open-files", "accept tcp [::]:10250: accept4: too many open files"),
        (
            "disk-full",
            "dpkg: error processing archive kubelet.deb (--unpack): cannot copy extracted data: No space left on device"
        ),
        ("disk-full", "E: You don't have enough free space in /var/cache/apt/archives/."),
        (
            "disk-pressure",
            "The node was low on resource: ephemeral-storage. Threshold quantity: 10Gi, available: 9Gi."
        ),
        (
            "disk-pressure",
            "0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }."
        ),
        ("read-only", "mkdir: cannot create directory '/etc/kubernetes': Read-only file system"),
        ("disk-errors", "blk_update_request: I/O error, dev sda, sector 2048"),
        ("out-of-memory", "Out of memory: Killed process 4711 (kube-apiserver) total-vm:1108848kB"),
        ("out-of-memory", "runtime: fork/exec: cannot allocate memory"),
        (
            "swap-on",
            "failed to run Kubelet: running with swap on is not supported, please disable swap! or set --fail-swap-on flag to false."
        ),
        ("swap-on", "\t[ERROR Swap]: running with swap on is not supported. Please disable swap"),
        (
            "ip-forward",
            "\t[ERROR FileContent--proc-sys-net-ipv4-ip_forward]: /proc/sys/net/ipv4/ip_forward contents are not set to 1"
        ),
        (
            "br-netfilter",
            "\t[ERROR FileContent--proc-sys-net-bridge-bridge-nf-call-iptables]: /proc/sys/net/bridge/bridge-nf-call-iptables does not exist"
        ),
        (
            "br-netfilter",
            "sysctl: cannot stat /proc/sys/net/bridge/bridge-nf-call-iptables: No such file or directory"
        ),
        (
            "module-missing",
            "modprobe: FATAL: Module br_netfilter not found in directory /lib/modules/6.1.0-13-amd64"
        ),
        ("conntrack-full", "[20763743.334180] nf_conntrack: table full, dropping packet"),
        ("port-in-use", "\t[ERROR Port-10250]: Port 10250 is in use"),
        ("port-in-use", "listen tcp 0.0.0.0:6443: bind: address already in use"),
        ("not-empty", "\t[ERROR DirAvailable--var-lib-etcd]: /var/lib/etcd is not empty"),
        (
            "not-empty",
            "\t[ERROR FileAvailable--etc-kubernetes-kubelet.conf]: /etc/kubernetes/kubelet.conf already exists"
        ),
        ("too-small", "\t[ERROR NumCPU]: the number of available CPUs 1 is less than the required 2"),
        ("too-small", "\t[ERROR Mem]: the system RAM (964 MB) is less than the minimum 1700 MB"),
        ("hostname-unresolvable", "\t[WARNING Hostname]: hostname \"n1\" could not be reached"),
        ("hostname-unresolvable", "sudo: unable to resolve host n1: Name or service not known"),
        (
            "clock-behind",
            "x509: certificate has expired or is not yet valid: current time 2026-11-20T10:00:00Z is before 2026-11-21T10:00:00Z"
        ),
        ("clock-behind", "x509: certificate has expired or is not yet valid"),
        (
            "release-not-valid",
            "E: Release file for http://deb.debian.org/debian/dists/bookworm-updates/InRelease is not valid yet (invalid for another 3h 2min 1s). Updates for this repository will not be applied."
        ),
        ("selinux", "type=AVC msg=audit(1): avc:  denied  { write } for  pid=1 comm=\"calico-node\""),
        ("apparmor", "audit: type=1400 apparmor=\"DENIED\" operation=\"mount\" profile=\"docker-default\""),
        (
            "cgroup-v1",
            "err=\"failed to run Kubelet: kubelet is configured to not run on a host using cgroup v1. cgroup v1 support is in maintenance mode\""
        ),
        ("cgroup-missing", "\t[ERROR SystemVerification]: missing required cgroups: memory"),
        ("iptables-missing", "exec: \"iptables\": executable file not found in $PATH"),
        (
            "xtables-lock",
            "Another app is currently holding the xtables lock; still 4s 0us time ahead to have a chance to grab the lock..."
        ),
        // packages
        (
            "apt-locked",
            "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 812 (unattended-upgr)"
        ),
        (
            "apt-locked",
            "E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?"
        ),
        ("apt-locked", "apt is still locked after 600 s by unattended-upgr, process 812"),
        ("apt-locked", "E: Unable to lock directory /var/lib/apt/lists/"),
        (
            "dpkg-interrupted",
            "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem."
        ),
        (
            "packages-held",
            "E: Held packages were changed and -y was used without --allow-change-held-packages."
        ),
        ("packages-held", "E: Unable to correct problems, you have held broken packages."),
        (
            "packages-broken",
            "E: Unmet dependencies. Try 'apt --fix-broken install' with no packages (or specify a solution)."
        ),
        (
            "package-script",
            " installed containerd.io package post-installation script subprocess returned error exit status 1"
        ),
        (
            "key-expired",
            "W: GPG error: https://pkgs.k8s.io/core:/stable:/v1.26/deb  InRelease: The following signatures were invalid: EXPKEYSIG 234654DA9A296436 isv:kubernetes OBS Project <isv:kubernetes@build.opensuse.org>"
        ),
        (
            "key-missing",
            "W: GPG error: http://mirror/ InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY B53DC80D13EDEF05"
        ),
        (
            "key-missing",
            "E: The repository 'https://pkgs.k8s.io/core:/stable:/v1.36/deb  InRelease' is not signed."
        ),
        (
            "index-broken",
            "E: Failed to fetch http://deb.debian.org/debian/dists/bookworm/main/binary-amd64/Packages  Hash Sum mismatch"
        ),
        (
            "index-broken",
            "   File has unexpected size (1234 != 1230). Mirror sync in progress? [IP: 192.0.2.1 80]"
        ),
        (
            "index-expired",
            "E: Release file for http://security.debian.org/dists/buster/InRelease is expired (invalid since 10d 4h 2min 1s). Updates for this repository will not be applied."
        ),
        (
            "repository-gone",
            "E: The repository 'http://deb.debian.org/debian buster Release' does not have a Release file."
        ),
        ("version-missing", "E: Version '1.99.0-*' for 'kubeadm' was not found"),
        ("version-missing", "no package of containerd from 2.0 is to be had"),
        ("package-missing", "E: Unable to locate package kubeadm"),
        ("package-missing", "E: Package 'docker.io' has no installation candidate"),
        (
            "proxy-password",
            "E: Failed to fetch http://deb.debian.org/debian/dists/bookworm/InRelease  407  Proxy Authentication Required [IP: 192.0.2.9 3128]"
        ),
        (
            "proxy-unreachable",
            "failed to do request: Head \"https://registry.k8s.io/v2/pause/manifests/3.10\": proxyconnect tcp: dial tcp 192.0.2.9:3128: connect: connection refused"
        ),
        (
            "mirror-forbids",
            "E: Failed to fetch https://prod-cdn.packages.k8s.io/repositories/isv:/kubernetes:/core:/stable:/v1.36/deb/InRelease  403  Forbidden [IP: 192.0.2.7 443]"
        ),
        (
            "download-missing",
            "E: Failed to fetch http://deb.debian.org/debian/pool/main/r/runc/runc_1.1_amd64.deb  404  Not Found [IP: 192.0.2.7 80]"
        ),
        // images
        (
            "pull-limit",
            "unexpected status code https://registry-1.docker.io/v2/library/busybox/manifests/sha256:50aa: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit."
        ),
        (
            "pull-denied",
            "failed to resolve reference \"docker.io/me/lms:1\": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed"
        ),
        (
            "pull-denied",
            "failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth.docker.io/token: 401 Unauthorized"
        ),
        (
            "image-missing",
            "failed to pull and unpack image \"registry.k8s.io/kube-apiserver:v1.99.0\": failed to resolve reference \"registry.k8s.io/kube-apiserver:v1.99.0\": registry.k8s.io/kube-apiserver:v1.99.0: not found"
        ),
        ("image-missing", "Error response from daemon: manifest unknown: manifest unknown"),
        ("image-architecture", "failed to pull image \"x\": no match for platform in manifest: not found"),
        ("image-architecture", "exec /usr/local/bin/kube-proxy: exec format error"),
        (
            "registry-plain",
            "failed to do request: Head \"https://10.0.0.5:5000/v2/pause/manifests/3.9\": http: server gave HTTP response to HTTPS client"
        ),
        (
            "layer-broken",
            "failed to extract layer sha256:aa: mount callback failed on /var/lib/containerd/tmpmounts: unexpected EOF"
        ),
        (
            "dns",
            "W: Failed to fetch http://deb.debian.org/debian/dists/bookworm/InRelease  Temporary failure resolving 'deb.debian.org'"
        ),
        ("dns", "dial tcp: lookup registry.k8s.io on 127.0.0.53:53: no such host"),
        ("dns", "dial tcp: lookup registry-1.docker.io on 192.0.2.1:53: server misbehaving"),
        (
            "untrusted",
            "failed to do request: Head \"https://registry.example/v2/\": tls: failed to verify certificate: x509: certificate signed by unknown authority"
        ),
        (
            "untrusted",
            "Unable to connect to the server: x509: certificate signed by unknown authority (possibly because of \"crypto/rsa: verification error\" while trying to verify candidate authority certificate \"kubernetes\")"
        ),
        (
            "untrusted",
            "Certificate verification failed: The certificate is NOT trusted. The certificate issuer is unknown."
        ),
    ]
}
