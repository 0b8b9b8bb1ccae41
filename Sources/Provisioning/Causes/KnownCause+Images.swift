extension KnownCause {
    /// Causes of registries and of the way to them.
    static let ofImages: [KnownCause] = [
        KnownCause(
            "pull-limit", ["toomanyrequests", "429 too many requests", "pull rate limit"],
            cause: "the registry gives this address no more images for some hours",
            cure: "set mirrors.registries to a mirror of your own, or log in to the registry",
            command: "crictl images"),
        KnownCause(
            "pull-denied",
            [
                "pull access denied", "failed to authorize", "unauthorized: authentication required",
                "401 unauthorized", "403 forbidden", "denied: requested access",
            ],
            cause: "the registry does not give that image to this host, or has none of that name",
            cure: "check the image's name, mirrors.registries and kubernetes.imageRepository",
            command: "ls /etc/containerd/certs.d"),
        KnownCause(
            "image-missing",
            ["manifest unknown", "failed to resolve reference … not found", "manifest for … not found"],
            cause: "the registry does not have that image or tag",
            cure: "check its name, kubernetes.version and kubernetes.imageRepository",
            command: "kubeadm config images list"),
        KnownCause(
            "image-architecture", ["no match for platform in manifest", "exec format error"],
            cause: "the image is for another kind of processor", cure: "choose one for this host's",
            command: "uname -m"),
        KnownCause(
            "registry-plain", ["server gave http response to https client"],
            cause: "the registry speaks HTTP and was asked by HTTPS",
            cure: "write its mirror in mirrors.registries with http://", command: "ls /etc/containerd/certs.d"
        ),
        KnownCause(
            "layer-broken",
            ["failed to extract layer", "unexpected commit digest", "failed size validation"],
            cause: "an image arrived damaged, or could not be unpacked",
            cure: "remove what is there of it; then look at the disk",
            command: "crictl rmi --prune; df -h /var/lib/containerd"),
        KnownCause(
            "dns",
            [
                "temporary failure resolving", "temporary failure in name resolution", "could not resolve",
                "server misbehaving", "no such host", "name or service not known",
            ],
            cause: "the host cannot resolve names",
            cure: "mend the host's name servers, or set mirrors in the inventory",
            command: "cat /etc/resolv.conf; getent hosts pkgs.k8s.io registry.k8s.io"),
        KnownCause(
            "untrusted",
            [
                "certificate signed by unknown authority", "certificate verification failed",
                "certificate is not trusted",
            ],
            cause: "somebody answers with a certificate that this host does not trust: a proxy that opens "
                + "connections, a registry of your own, or another cluster's API server",
            cure: "put its authority into /usr/local/share/ca-certificates, or correct the address",
            command: "update-ca-certificates"),
    ]
}
