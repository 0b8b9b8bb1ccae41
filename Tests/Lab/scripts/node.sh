# shellcheck shell=sh
# Nodes: containers that boot systemd. Read with `.` after artefacts.sh and process.sh.
#
# $LAB_STATE/nodes/NAME/ holds upper and work (the overlay over the node root), merged (the mounted root), data (plain folders,
# because containerd's overlays cannot stand on an overlay), runner.pid and runner.log.

# node_address NAME: n1 to n8 are .11 to .18.
node_address() {
    case $1 in
    n[1-8]) printf '%s.%s\n' "$LAB_PREFIX" "$((10 + ${1#n}))" ;;
    *) die "$1 is no node of the lab: they are n1 to n8" ;;
    esac
}

node_folder() {
    printf '%s/nodes/%s\n' "$LAB_STATE" "$1"
}

# node_hierarchies: the roots of the cgroup hierarchies, one with cgroup v2, many with v1.
node_hierarchies() {
    if [ -f /sys/fs/cgroup/cgroup.controllers ]; then
        printf '/sys/fs/cgroup\n'
    else
        find /sys/fs/cgroup -mindepth 1 -maxdepth 1 -type d
    fi
}

# node_processes NAME: every process of the node, by its cgroups, also after what started it has been killed.
node_processes() {
    node_hierarchies | while IFS= read -r hierarchy; do
        [ ! -d "$hierarchy/moocnode-$1" ] || find "$hierarchy/moocnode-$1" -name cgroup.procs -exec cat {} + 2>/dev/null
    done | LC_ALL=C sort -un
}

# node_init NAME: the node's PID 1 as this machine numbers it; nothing when the node is off. It is the one process that has number 1
# in a first, not a nested, process namespace.
node_init() {
    for init in $(node_processes "$1"); do
        if awk '$1 == "NSpid:" && NF == 3 && $3 == 1 { found = 1 } END { exit !found }' "/proc/$init/status" 2>/dev/null; then
            printf '%s\n' "$init"
            return 0
        fi
    done
}

# node_keys: the lab's own SSH key and the password of `ops`, made once.
node_keys() {
    (
        flock 8
        [ -f "$LAB_STATE/id_ed25519" ] || ssh-keygen -q -t ed25519 -N '' -C 'lab of mooc-cluster' -f "$LAB_STATE/id_ed25519"
        if [ ! -f "$LAB_STATE/ops.password" ]; then
            (umask 077 && head -c 12 /dev/urandom | base64 | tr -d '\n' >"$LAB_STATE/ops.password.tmp")
            mv "$LAB_STATE/ops.password.tmp" "$LAB_STATE/ops.password"
        fi
    ) 8>"$LAB_STATE/keys.lock"
}

# node_known_hosts: writes the host keys of all nodes anew; two nodes may be made at once.
node_known_hosts() {
    (
        flock 8
        cat "$LAB_STATE"/nodes/*/known_hosts >"$LAB_STATE/known_hosts.tmp" 2>/dev/null || :
        mv "$LAB_STATE/known_hosts.tmp" "$LAB_STATE/known_hosts"
    ) 8>"$LAB_STATE/keys.lock"
}

# node_mount NAME: the overlay in its place.
node_mount() {
    folder=$(node_folder "$1")
    mkdir -p "$folder/upper" "$folder/work" "$folder/merged"
    for data in containerd docker etcd kubelet; do
        mkdir -p "$folder/data/$data"
    done
    mountpoint -q "$folder/merged" ||
        mount -t overlay "moocnode-$1" -o "lowerdir=$(cat "$folder/root"),upperdir=$folder/upper,workdir=$folder/work" "$folder/merged"
}

# node_make NAME: a fresh root of the node, unless it has one.
node_make() {
    folder=$(node_folder "$1")
    [ ! -f "$folder/made" ] || return 0
    address=$(node_address "$1")
    node_keys
    # What an earlier making left half-way.
    node_unmount "$1"
    rm -rf "$folder"
    mkdir -p "$folder"
    printf '%s/root\n' "$NODE_ROOT" >"$folder/root"
    node_mount "$1"
    root=$folder/merged
    printf '%s\n' "$1" >"$root/etc/hostname"
    # D-Bus brings one with its package, and systemd would take that for the machine-id of every node.
    rm -f "$root/var/lib/dbus/machine-id"
    printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$1" >"$root/etc/hosts"
    printf 'auto lo\niface lo inet loopback\n\nauto host0\niface host0 inet static\n    address %s/24\n    gateway %s\n' \
        "$address" "$LAB_GATEWAY" >"$root/etc/network/interfaces"
    # kubelet starts no pod without the file. Without a name server in it an outside name fails at once.
    printf '# The lab has no name server.\n' >"$root/etc/resolv.conf"
    # This machine takes pods for neighbours on the bridge; a node answers for its own.
    printf 'net.ipv4.conf.host0.proxy_arp = 1\nnet.ipv4.neigh.host0.proxy_delay = 0\n' >"$root/etc/sysctl.d/10-lab.conf"
    debian_sources >"$root/etc/apt/sources.list"
    printf 'Acquire::http::Proxy "http://%s:3142";\nAcquire::http::Proxy::%s "DIRECT";\n' "$LAB_GATEWAY" "$LAB_GATEWAY" \
        >"$root/etc/apt/apt.conf.d/10-lab-proxy"

    chroot "$root" useradd --create-home --shell /bin/bash ubuntu
    chroot "$root" useradd --create-home --shell /bin/bash ops
    printf 'ops:%s\n' "$(cat "$LAB_STATE/ops.password")" | chroot "$root" chpasswd
    printf 'ubuntu ALL=(ALL) NOPASSWD: ALL\n' >"$root/etc/sudoers.d/ubuntu"
    printf 'ops ALL=(ALL) ALL\n' >"$root/etc/sudoers.d/ops"
    chmod 440 "$root/etc/sudoers.d/ubuntu" "$root/etc/sudoers.d/ops"
    for home in root home/ubuntu home/ops; do
        install -d -m 700 "$root/$home/.ssh"
        cp "$LAB_STATE/id_ed25519.pub" "$root/$home/.ssh/authorized_keys"
        chmod 600 "$root/$home/.ssh/authorized_keys"
        chown -R --reference="$root/$home" "$root/$home/.ssh"
    done
    ssh-keygen -A -f "$root" >/dev/null 2>&1
    for public in "$root"/etc/ssh/ssh_host_*_key.pub; do
        printf '%s %s\n' "$address" "$(cut -d ' ' -f 1,2 "$public")"
    done >"$folder/known_hosts"
    node_known_hosts
    touch "$folder/made"
}

# node_start NAME: a running node, whatever there was before.
node_start() {
    folder=$(node_folder "$1")
    if [ -z "$(node_init "$1")" ] || ! process_runs "$folder/runner.pid"; then
        node_cut "$1"
        node_make "$1"
        node_mount "$1"
        process_start "$folder/runner" sh "$LAB_DIR/scripts/run-node.sh" "$1"
    fi
    node_wait "$1"
}

# node_wait NAME: until systemd has started everything and sshd answers with the node's own key; at most a minute.
node_wait() {
    attempt=0
    until node_enter "$1" systemctl is-system-running --wait >/dev/null 2>&1 || node_degraded "$1"; do
        attempt=$((attempt + 1))
        [ "$attempt" -lt 300 ] || die "$1 does not boot; see $(node_folder "$1")/runner.log"
        process_runs "$(node_folder "$1")/runner.pid" || die "$1 ended while it booted; see $(node_folder "$1")/runner.log"
        sleep 0.2
    done
    attempt=0
    until node_ssh "$1" true 2>/dev/null; do
        attempt=$((attempt + 1))
        [ "$attempt" -lt 100 ] || die "$1 has booted, but sshd refuses the lab's key: $(node_ssh "$1" true 2>&1 || :)"
        sleep 0.2
    done
}

# node_degraded NAME: booted, with a unit that failed: that is a node still, and often what a test wants.
node_degraded() {
    [ "$(node_enter "$1" systemctl is-system-running 2>/dev/null || :)" = degraded ]
}

# node_ssh NAME COMMAND…: as root, over SSH.
node_ssh() {
    node_name=$1
    shift
    ssh -n -F /dev/null -i "$LAB_STATE/id_ed25519" -o BatchMode=yes -o ConnectTimeout=2 -o StrictHostKeyChecking=yes \
        -o UserKnownHostsFile="$LAB_STATE/known_hosts" "root@$(node_address "$node_name")" "$@"
}

# node_enter NAME COMMAND…: in the node's namespaces, without its network or sshd.
node_enter() {
    init=$(node_init "$1")
    [ -n "$init" ] || return 1
    shift
    nsenter -t "$init" -m -u -i -n -p -- "$@"
}

# node_stop NAME: shut down in order; what has not ended after 30 seconds is cut off.
node_stop() {
    node_enter "$1" systemctl poweroff >/dev/null 2>&1 || :
    attempt=0
    while [ -n "$(node_init "$1")" ] && [ "$attempt" -lt 150 ]; do
        attempt=$((attempt + 1))
        sleep 0.2
    done
    node_cut "$1"
}

# node_cut NAME: the power is gone. Ends the runner first (it would boot the node again), then every process of the node.
node_cut() {
    folder=$(node_folder "$1")
    if process_runs "$folder/runner.pid"; then
        # shellcheck disable=SC2154  # process_runs sets it
        kill -KILL "$process_pid" 2>/dev/null || :
    fi
    rm -f "$folder/runner.pid"
    init=$(node_init "$1")
    [ -z "$init" ] || kill -KILL "$init" 2>/dev/null || :
    attempt=0
    while left=$(node_processes "$1") && [ -n "$left" ]; do
        # shellcheck disable=SC2086  # a list of numbers
        kill -KILL $left 2>/dev/null || :
        attempt=$((attempt + 1))
        [ "$attempt" -lt 100 ] || die "$1: processes that do not end: $left"
        sleep 0.1
    done
    node_hierarchies | while IFS= read -r hierarchy; do
        [ ! -d "$hierarchy/moocnode-$1" ] || find "$hierarchy/moocnode-$1" -depth -type d -exec rmdir {} + 2>/dev/null || :
    done
    # nspawn's end of the pair stays when nspawn itself was killed.
    ip link delete "vb-$1" 2>/dev/null || :
}

# node_unmount NAME: the overlay out of its place.
node_unmount() {
    folder=$(node_folder "$1")
    while mountpoint -q "$folder/merged"; do
        umount "$folder/merged" || umount -l "$folder/merged"
    done
}

# node_remove NAME: nothing is left of the node.
node_remove() {
    node_cut "$1"
    node_unmount "$1"
    rm -rf "$(node_folder "$1")"
    [ ! -d "$LAB_STATE" ] || node_known_hosts
}

# node_names: the nodes that there are.
node_names() {
    [ ! -d "$LAB_STATE/nodes" ] || ls "$LAB_STATE/nodes"
}

# node_state NAME: running, or off, or none.
node_state() {
    if [ -n "$(node_init "$1")" ]; then
        printf 'running\n'
    elif [ -f "$(node_folder "$1")/made" ]; then
        printf 'off\n'
    else
        printf 'none\n'
    fi
}
