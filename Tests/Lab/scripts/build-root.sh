#!/bin/sh
# build-root.sh node|image MIRROR OUT: a Debian 12 root file system in OUT/root. The cache keys both by this file.
set -eu
kind=$1
mirror=$2
out=$3
root=$out/root

include=ca-certificates
if [ "$kind" = node ]; then
    include=systemd,systemd-sysv,dbus,openssh-server,sudo,iproute2,ifupdown,iputils-ping,ca-certificates,gnupg,curl,procps
    include=$include,kmod,netbase,libnss-systemd
fi
if ! debootstrap --variant=minbase --include="$include" bookworm "$root" "$mirror" >"$out/build.log" 2>&1; then
    tail -n 20 "$out/build.log" >&2
    exit 1
fi
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/archives/*.deb "$root"/var/cache/apt/*.bin
rm -f "$root/etc/resolv.conf" "$root/etc/hostname"

if [ "$kind" = node ]; then
    # Host keys are made for each node. machine-id must be there and empty: where it is missing systemd takes the boot for
    # the first one, enables networkd by its presets, and kubelet's start waits two minutes for the network.
    rm -f "$root"/etc/ssh/ssh_host_*
    : >"$root/etc/machine-id"
    # A node has the cgroups that this machine lends it, read-only until this runs.
    cat >"$root/etc/systemd/system/lab-cgroups.service" <<'UNIT'
[Unit]
Description=Make the lab's cgroups writable and mounts shared
DefaultDependencies=no
Before=sysinit.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'for c in /sys/fs/cgroup/*/; do mount -o remount,rw,bind $$c || :; done; mount --make-rshared /'
[Install]
WantedBy=sysinit.target
UNIT
    mkdir -p "$root/etc/systemd/system/sysinit.target.wants" "$root/etc/systemd/system.conf.d"
    ln -s ../lab-cgroups.service "$root/etc/systemd/system/sysinit.target.wants/lab-cgroups.service"
    # Containers that ignore SIGTERM would hold a reboot for 90 s.
    printf '[Manager]\nDefaultTimeoutStopSec=10s\n' >"$root/etc/systemd/system.conf.d/10-lab.conf"
else
    rm -rf "$root"/usr/share/doc/* "$root"/usr/share/man/* "$root"/usr/share/info/* "$root"/var/log/*.log
    find "$root/usr/share/locale" -mindepth 1 -maxdepth 1 -type d -exec rm -rf {} +
    printf 'path-exclude=/usr/share/%s/*\n' doc man locale info >"$root/etc/dpkg/dpkg.cfg.d/lab"
fi
