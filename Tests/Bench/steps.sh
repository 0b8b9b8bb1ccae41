#!/bin/sh
# The same ten steps as a person would write them for `ssh host sh -s`.
set -eu
# the address that this host is reached by is the third word
root=${SSH_CONNECTION% *}
root=/tmp/mooc-cluster-bench/${root##* }
changed=0
mkdir -p "$root"
put() {
    if [ "$(cat "$1" 2>/dev/null)" != "$2" ]; then
        printf '%s\n' "$2" >"$1"
        changed=$((changed + 1))
    fi
}
put "$root/one" one
put "$root/two" two
[ -d "$root/folder" ] || { mkdir -p "$root/folder" && changed=$((changed + 1)); }
grep -qxF 'line that must be there' "$root/lines" 2>/dev/null || {
    echo 'line that must be there' >>"$root/lines"
    changed=$((changed + 1))
}
[ "$(cat /proc/sys/net/ipv4/ip_forward)" -ge 0 ]
dpkg-query -W -f '${db:Status-Status}' coreutils | grep -qx installed
command -v sed >/dev/null
grep -q '^MemTotal' /proc/meminfo
[ "$(readlink "$root/link")" = one ] || { ln -sfn one "$root/link" && changed=$((changed + 1)); }
getent passwd root >/dev/null
echo "changed=$changed"
