#!/bin/sh
# run-node.sh NAME: runs the node until it is powered off. Started by node_start, in a session of its own.
. "$(dirname -- "$0")/lib.sh"
. "$LAB_DIR/scripts/artefacts.sh"
. "$LAB_DIR/scripts/process.sh"
. "$LAB_DIR/scripts/node.sh"
name=$1
folder=$(node_folder "$name")

# Folders of our own in every hierarchy: the machine's cgroups are in use. A cpuset takes nobody before it has processors.
node_hierarchies | while IFS= read -r hierarchy; do
    mkdir -p "$hierarchy/moocnode-$name"
    for file in cpuset.cpus cpuset.mems; do
        [ "$hierarchy" != /sys/fs/cgroup/cpuset ] || cat "$hierarchy/$file" >"$hierarchy/moocnode-$name/$file"
    done
    printf '%s\n' "$$" >"$hierarchy/moocnode-$name/cgroup.procs"
done

# nspawn with --keep-unit does not boot a node again itself: 133 says that it wants to.
while :; do
    status=0
    SYSTEMD_NSPAWN_API_VFS_WRITABLE=1 SYSTEMD_NSPAWN_USE_CGNS=1 SYSTEMD_NSPAWN_LOCK=0 \
        systemd-nspawn --quiet --register=no --keep-unit --boot --directory="$folder/merged" --machine="$name" \
        --network-bridge="$LAB_BRIDGE" --capability=all --system-call-filter=@known --bind=/dev/kmsg --bind=/dev/fuse \
        --resolv-conf=off --timezone=off --link-journal=no --console=read-only \
        --bind="$folder/data/containerd:/var/lib/containerd" --bind="$folder/data/docker:/var/lib/docker" \
        --bind="$folder/data/kubelet:/var/lib/kubelet" --bind="$folder/data/etcd:/var/lib/etcd" || status=$?
    [ "$status" = 133 ] || break
done
exit "$status"
