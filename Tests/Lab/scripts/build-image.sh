#!/bin/sh
# build-image.sh FOLDER STAGE BASE ROOT APT OUT: the OCI layout of one image in OUT. BASE is the packed layer of ROOT (empty: from
# scratch), STAGE holds the files to add, APT the package lists and archives that image builds share. Runs in a mount
# namespace of its own, so that no mount outlives it.
set -eu
folder=$1
stage=$2
base=$3
root=$4
apt=$5
out=$6
upper=$out/upper
mkdir -p "$upper"

packages=$(sed -n 's/^packages //p' "$folder/image.conf")
into=$upper
if [ -n "$packages" ]; then
    into=$out/merged
    mkdir -p "$out/work" "$into"
    mount -t overlay overlay -o "lowerdir=$root,upperdir=$upper,workdir=$out/work" "$into"
    mount -t proc proc "$into/proc"
    mount --bind "$apt/lists" "$into/var/lib/apt/lists"
    mount --bind "$apt/archives" "$into/var/cache/apt/archives"
    cp -L /etc/resolv.conf "$into/etc/resolv.conf"
    cp "$apt/sources.list" "$into/etc/apt/sources.list"
    printf '#!/bin/sh\nexit 101\n' >"$into/usr/sbin/policy-rc.d"
    chmod 755 "$into/usr/sbin/policy-rc.d"
    # shellcheck disable=SC2086  # a list of words
    if ! { chroot "$into" apt-get -qq -o APT::Sandbox::User=root update &&
        DEBIAN_FRONTEND=noninteractive chroot "$into" apt-get -qq -y -o Dpkg::Use-Pty=0 -o APT::Keep-Downloaded-Packages=true \
            install --no-install-recommends $packages; } >"$out/build.log" 2>&1; then
        tail -n 20 "$out/build.log" >&2
        exit 1
    fi
fi
cp -a "$stage/." "$into/"
sed -n 's/^folder //p' "$folder/image.conf" | while read -r mode path; do
    mkdir -p "$into$path"
    chmod "$mode" "$into$path"
done
# In an image every file is as old as the others: what Debian has compiled for other times would be taken for old, and
# Python would compile all of Django again in each container that starts.
if [ -x "$into/usr/bin/python3" ]; then
    for place in /usr/lib /usr/local/lib /openedx; do
        [ ! -d "$into$place" ] ||
            chroot "$into" python3 -m compileall -q -f --invalidation-mode unchecked-hash "$place"
    done
fi
if [ -n "$packages" ]; then
    umount "$into/var/cache/apt/archives" "$into/var/lib/apt/lists" "$into/proc" "$into"
    rm -rf "$out/work" "$into" "$upper/etc/resolv.conf" "$upper/usr/sbin/policy-rc.d" \
        "$upper"/var/cache/apt/*.bin "$upper"/var/log/*.log "$upper/var/log/apt" "$upper/var/cache/ldconfig"
fi
rm -f "$upper/etc/apt/sources.list"
python3 "$(dirname -- "$0")/oci.py" image "$folder/image.conf" "$upper" "$base" "$out"
rm -rf "$upper"
