#!/bin/sh
# The bridge that the nodes hang on, and the machine-wide settings that their kubelets and kube-proxies find or make.
. "$(dirname -- "$0")/lib.sh"

# kubelet sets the first three for the whole machine when it starts; kube-proxy cannot write the fourth from a node and only
# refrains from it when the value is right already; the last two are used up by systemd and kubelet of many nodes.
SYSCTLS="kernel.panic kernel.panic_on_oops vm.overcommit_memory net.netfilter.nf_conntrack_max
fs.inotify.max_user_instances fs.inotify.max_user_watches"
CONNTRACK=131072

check() {
    [ -f "$LAB_STATE/sysctls" ] &&
        [ "$(sysctl -n net.netfilter.nf_conntrack_max)" = "$CONNTRACK" ] &&
        [ "$(sysctl -n fs.inotify.max_user_instances)" -ge 8192 ] &&
        ip -4 -o address show dev "$LAB_BRIDGE" | grep -q " $LAB_GATEWAY/24 " &&
        iptables -C FORWARD -i "$LAB_BRIDGE" ! -o "$LAB_BRIDGE" -j REJECT
}

apply() {
    mkdir -p "$LAB_STATE"
    # What was found the first time is what is put back in the end, also after a run that was killed.
    if [ ! -f "$LAB_STATE/sysctls" ]; then
        # shellcheck disable=SC2086  # a list of words
        sysctl $SYSCTLS >"$LAB_STATE/sysctls.tmp"
        mv "$LAB_STATE/sysctls.tmp" "$LAB_STATE/sysctls"
    fi
    sysctl -q -w "net.netfilter.nf_conntrack_max=$CONNTRACK" fs.inotify.max_user_instances=8192 \
        fs.inotify.max_user_watches=1048576
    ip link show "$LAB_BRIDGE" >/dev/null 2>&1 || ip link add "$LAB_BRIDGE" type bridge
    ip address replace "$LAB_GATEWAY/24" dev "$LAB_BRIDGE"
    ip link set "$LAB_BRIDGE" up
    # kubelet 1.20 asks a cloud's metadata address at each start; nothing of a node leaves this machine.
    iptables -C FORWARD -i "$LAB_BRIDGE" ! -o "$LAB_BRIDGE" -j REJECT 2>/dev/null ||
        iptables -A FORWARD -i "$LAB_BRIDGE" ! -o "$LAB_BRIDGE" -j REJECT
}

verb check apply "$@"
