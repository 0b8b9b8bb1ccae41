#!/bin/sh
# network.sh FOLDER COMMAND…: runs a command while there are three hosts n1 to n3 in network namespaces of their own, each
# behind a stock sshd at 10.77.0.11 to .13, all on one bridge; ends them afterwards. Takes root, and
# `unshare --mount --net --pid --fork --kill-child --mount-proc` to start it by.
#
# FOLDER gets the keys host_key and user_key. Each line of $FAULTS is a shell command that runs in the namespace of the host
# that its first word names: `n2 iptables -A INPUT -p tcp --dport 10250 -j DROP`; `bridge …` runs outside of all.
set -eu
tools=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=$1
shift
umask 022
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p "$folder" /run/sshd /run/netns
# what doctor takes for a machine that has booted
echo systemd >/run/comm
ip link set lo up
ip link add bridge77 type bridge
ip addr add 10.77.0.1/24 dev bridge77
ip link set bridge77 up
ssh-keygen -q -t ed25519 -N '' -f "$folder/host_key"
ssh-keygen -q -t ed25519 -N '' -f "$folder/user_key"
for number in 1 2 3; do
    ip netns add "n$number"
    ip link add "out$number" type veth peer name eth0 netns "n$number"
    ip link set "out$number" master bridge77 up
    ip -n "n$number" link set lo up
    ip -n "n$number" addr add "10.77.0.1$number/24" dev eth0
    ip -n "n$number" link set eth0 up
    ip -n "n$number" route add default via 10.77.0.1
    printf '%032d\n' "$number" >"/run/machine-id-$number"
    sh "$tools/sshd-config.sh" "$folder" "$folder" 22 "10.77.0.1$number" >"/run/sshd_config_$number"
    # shellcheck disable=SC2016 # its own shell fills these in
    ip netns exec "n$number" unshare --mount sh -c \
        'mount --bind /run/comm /proc/1/comm && mount --bind "/run/machine-id-$0" /etc/machine-id && exec /usr/sbin/sshd -D -f "/run/sshd_config_$0" -E "$1"' \
        "$number" "$folder/sshd$number.log" &
done
for number in 1 2 3; do
    for _ in $(seq 200); do
        grep -q 'Server listening' "$folder/sshd$number.log" 2>/dev/null && break
        sleep 0.05
    done
done
printf '%s\n' "${FAULTS-}" | while read -r host command; do
    case $host in
        '') ;;
        bridge) sh -c "$command" ;;
        *) ip netns exec "$host" sh -c "$command" ;;
    esac
done
code=0
"$@" || code=$?
exit "$code"
