extension KnownCause {
    private static let sources = "apt-get update; grep -rs ^deb /etc/apt/sources.list /etc/apt/sources.list.d"

    /// Causes of apt, dpkg and the way to package mirrors.
    static let ofPackages: [KnownCause] = [
        KnownCause(
            "apt-locked",
            [
                "is still locked after", "could not get lock", "unable to lock directory",
                "unable to acquire the dpkg",
                "dpkg frontend lock … locked by another process", "dpkg status database is locked",
            ],
            cause: "another program holds apt's lock", cure: "wait for it, or stop it",
            command: "fuser -v /var/lib/dpkg/lock-frontend /var/lib/apt/lists/lock"),
        KnownCause(
            "dpkg-interrupted", ["dpkg was interrupted"],
            cause: "an installation was cut off on this host earlier", cure: "let dpkg finish it",
            command: "dpkg --configure -a"),
        KnownCause(
            "packages-held",
            [
                "held packages were changed", "you have held broken packages",
                "pkgproblemresolver::resolve generated breaks",
            ],
            cause: "packages are held, or do not fit each other", cure: "see which, and let go of them",
            command: "apt-mark showhold; apt-get check"),
        KnownCause(
            "packages-broken", ["unmet dependencies. try 'apt --fix-broken", "unmet dependencies"],
            cause: "packages on the host do not fit each other", cure: "mend them",
            command: "apt-get --fix-broken install"),
        KnownCause(
            "package-script", ["installed … post-installation script subprocess returned error"],
            cause: "the script of a package failed, and dpkg left it half configured",
            cure: "the lines above say why; mend that and let dpkg finish", command: "dpkg --configure -a"),
        KnownCause(
            "key-expired", ["expkeysig", "keyexpired", "key … has expired … signature"],
            cause: "the key that signs the package repository has expired",
            cure:
                "take the key of a newer release: mirrors.kubernetes, or packageKey in playbooks/versions.yml",
            command: "gpg --show-keys /etc/apt/keyrings/*.asc"),
        KnownCause(
            "key-missing", ["no_pubkey", "is not signed", "signatures couldn't be verified"],
            cause: "the package repository is not signed by the expected key",
            cure: "check mirrors.kubernetes: its Release.key must be the key that signs it",
            command: "ls -l /etc/apt/keyrings; " + sources),
        KnownCause(
            "index-broken", ["hash sum mismatch", "file has unexpected size", "mirror sync in progress"],
            cause: "the mirror is being changed, or something on the way keeps old copies",
            cure: "wait for a moment; then look for a proxy in between",
            command: "rm -rf /var/lib/apt/lists/*; apt-get update"),
        KnownCause(
            "index-expired", ["release file … is expired", "is expired (invalid since"],
            cause: "the mirror is no longer kept up to date, or the host's clock is ahead",
            cure: "choose another mirror, or set the clock", command: "timedatectl; " + sources),
        KnownCause(
            "repository-gone", ["does not have a release file", "no longer has a release file"],
            cause: "there is no package repository at that address for this release of the system",
            cure: "correct the host's apt sources, or mirrors.kubernetes", command: sources),
        KnownCause(
            "version-missing", ["version … was not found", "is to be had"],
            cause: "the repository does not have that version",
            cure: "check kubernetes.version and mirrors.kubernetes",
            command: "apt-cache policy kubeadm containerd containerd.io"),
        KnownCause(
            "package-missing", ["unable to locate package", "has no installation candidate"],
            cause: "no repository of the host has that package",
            cure: "check the host's apt sources and mirrors.kubernetes", command: sources),
        KnownCause(
            "proxy-password",
            [
                "407  proxy authentication required", "407 proxy authentication required",
                "proxy authentication required",
            ],
            cause: "the proxy wants a user and a password, or others than it got",
            cure: "write them into mirrors.proxy: http://USER:PASSWORD@HOST:PORT",
            command: "cat /etc/apt/apt.conf.d/90mooc-cluster-proxy"),
        KnownCause(
            "proxy-unreachable", ["proxyconnect tcp", "proxy connect aborted", "unable to connect to proxy"],
            cause: "the proxy cannot be reached, or is none", cure: "check mirrors.proxy and mirrors.noProxy",
            command: "cat /etc/apt/apt.conf.d/90mooc-cluster-proxy"),
        KnownCause(
            "mirror-forbids", ["403  forbidden", "failed to fetch … 403", "401  unauthorized"],
            cause: "the mirror refuses this host; some block whole networks of hosting providers",
            cure: "set mirrors.kubernetes to another mirror, or mirrors.proxy", command: sources),
        KnownCause(
            "download-missing", ["failed to fetch … 404", "404  not found"],
            cause: "the mirror does not have that file", cure: "check the address, and read its index anew",
            command: "apt-get update"),
    ]
}
