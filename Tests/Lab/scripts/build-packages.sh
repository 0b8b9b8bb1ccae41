#!/bin/sh
# build-packages.sh PROGRAMS TOOLS OUT: the five packages of pkgs.k8s.io as a signed, flat repository in OUT. The key that signs
# lives only while this runs: nothing is ever added to a repository, a new one is built.
set -eu
programs=$1
tools=$2
out=$3
release=1.20.2-1.1
architecture=$(dpkg --print-architecture)
# Not below the cache: gpg's sockets have short names only, and apt-get download writes where it stands.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out/$architecture"

# package NAME VERSION DEPENDS: the tree $work/NAME, filled before, as a package.
package() {
    mkdir -p "$work/$1/DEBIAN"
    {
        printf 'Package: %s\nVersion: %s\nArchitecture: %s\n' "$1" "$2" "$architecture"
        printf 'Maintainer: The lab of mooc-cluster <lab@example.edu>\nSection: misc\nPriority: optional\n'
        [ -z "$3" ] || printf 'Depends: %s\n' "$3"
        printf 'Description: %s, built by the lab of mooc-cluster\n' "$1"
    } >"$work/$1/DEBIAN/control"
    dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/$1" "$out/$architecture/$1_$2_$architecture.deb" >/dev/null
    printf 'lab: packages-repository: %s %s\n' "$1" "$2"
}

for program in kubeadm kubelet kubectl; do
    install -D -m 755 "$programs/$program" "$work/$program/usr/bin/$program"
done
install -D -m 755 "$tools/lab-crictl" "$work/cri-tools/usr/bin/crictl"
(cd "$work" && apt-get -qq -o APT::Sandbox::User=root download containernetworking-plugins && dpkg-deb -x containernetworking-plugins_*.deb plugins)
mkdir -p "$work/kubernetes-cni/opt/cni"
mv "$work/plugins/usr/lib/cni" "$work/kubernetes-cni/opt/cni/bin"

# The tree of 1.20 has no unit files any more; these say what those of the published packages say.
mkdir -p "$work/kubelet/lib/systemd/system" "$work/kubeadm/etc/systemd/system/kubelet.service.d" "$work/kubelet/DEBIAN"
cat >"$work/kubelet/lib/systemd/system/kubelet.service" <<'UNIT'
[Unit]
Description=kubelet: The Kubernetes Node Agent
Documentation=https://kubernetes.io/docs/home/
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/usr/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
UNIT
cat >"$work/kubeadm/etc/systemd/system/kubelet.service.d/10-kubeadm.conf" <<'UNIT'
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
UNIT
cat >"$work/kubelet/DEBIAN/postinst" <<'SCRIPT'
#!/bin/sh
set -e
if [ "$1" = configure ] && [ -d /run/systemd/system ]; then
    systemctl daemon-reload
    systemctl enable kubelet
    systemctl restart kubelet
fi
SCRIPT
chmod 755 "$work/kubelet/DEBIAN/postinst"

package kubernetes-cni 1.1.1-1.1 ""
package cri-tools 1.20.0-1.1 ""
package kubectl "$release" ""
package kubelet "$release" "conntrack, ebtables, ethtool, iproute2, iptables, kubernetes-cni, mount, socat, util-linux"
package kubeadm "$release" "cri-tools, kubectl, kubelet"

cd "$out"
apt-ftparchive packages . >Packages
gzip -k -n Packages
apt-ftparchive -o APT::FTPArchive::Release::Origin=lab release . >Release
export GNUPGHOME="$work/gnupg"
mkdir -m 700 "$GNUPGHOME"
gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-generate-key 'lab of mooc-cluster <lab@example.edu>' rsa3072 sign never
gpg --batch --quiet --armor --export >Release.key
gpg --batch --quiet --clearsign --output InRelease Release
gpg --batch --quiet --armor --detach-sign --output Release.gpg Release
gpgconf --kill all
