/// Causes of failure that a step's output gives away.
struct KnownCause {
    /// What stands in the output, in small letters.
    let sign: String
    /// What it means.
    let cause: String
    /// What to do.
    let next: String

    /// The first known cause whose sign stands in some lines of output, the latest line first.
    static func find(in output: [String]) -> KnownCause? {
        for line in output.reversed() {
            let line = line.lowercased()
            if let known = all.first(where: { line.contains($0.sign) }) { return known }
        }
        return nil
    }

    private static let all: [KnownCause] = [
        KnownCause(
            sign: "no space left on device", cause: "the disk is full",
            next: "make room on the host (df -h), then run the same command again"),
        KnownCause(
            sign: "is still locked after", cause: "another program holds apt's lock",
            next: "wait for it or stop it on the host, then run the same command again"),
        KnownCause(
            sign: "could not get lock", cause: "another program holds apt's lock",
            next: "wait for it or stop it on the host, then run the same command again"),
        KnownCause(
            sign: "temporary failure resolving", cause: "the host cannot resolve names",
            next: "mend the host's name servers, or set mirrors: in the inventory"),
        KnownCause(
            sign: "could not resolve", cause: "the host cannot resolve names",
            next: "mend the host's name servers, or set mirrors: in the inventory"),
        KnownCause(
            sign: "no such host", cause: "the host cannot resolve names",
            next: "mend the host's name servers, or set mirrors: in the inventory"),
        KnownCause(
            sign: "could not connect to", cause: "the package mirror cannot be reached",
            next: "check mirrors.kubernetes and mirrors.proxy, and the host's way to them"),
        KnownCause(
            sign: "failed to fetch",
            cause: "the package mirror does not have what it promises, or breaks off",
            next: "check mirrors.kubernetes and mirrors.proxy, and the host's way to them"),
        KnownCause(
            sign: "is not signed", cause: "the package repository is not signed by the expected key",
            next: "check mirrors.kubernetes: its Release.key must be the key that signs it"),
        KnownCause(
            sign: "no_pubkey", cause: "the package repository is not signed by the expected key",
            next: "check mirrors.kubernetes: its Release.key must be the key that signs it"),
        KnownCause(
            sign: "was not found", cause: "the repository does not have that version",
            next: "check kubernetes.version and mirrors.kubernetes"),
        KnownCause(
            sign: "unable to locate package", cause: "no repository of the host has that package",
            next: "check the host's apt sources and mirrors.kubernetes"),
        KnownCause(
            sign: "failed to pull image", cause: "an image cannot be pulled",
            next: "check mirrors.registries and kubernetes.imageRepository, and the host's way to them"),
        KnownCause(
            sign: "running with swap on", cause: "swap is on, and the kubelet refuses to start",
            next: "run the phase swap again, and look for what turns swap on"),
        KnownCause(
            sign: "not yet valid", cause: "clocks differ, so a certificate is not valid yet",
            next: "set the clocks of the hosts, then run the same command again"),
        KnownCause(
            sign: "would violate the pod's disruption budget", cause: "a disruption budget forbids it",
            next: "give the workload another replica elsewhere, or wait, then run the same command again"),
        KnownCause(
            sign: "the connection to the server", cause: "the API server does not answer",
            next: "look at the kubelet and the API server's container on the first control plane"),
        KnownCause(
            sign: "etcdserver: ", cause: "etcd has no leader or is overloaded",
            next: "look at the disk of the control planes, then run the same command again"),
    ]
}
