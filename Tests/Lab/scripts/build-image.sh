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
if [ -n "$packages" ]; then
    mkdir -p "$out/work" "$out/merged"
    mount -t overlay overlay -o "lowerdir=$root,upperdir=$upper,workdir=$out/work" "$out/merged"
    merged=$out/merged
    mount -t proc proc "$merged/proc"
    mount --bind "$apt/lists" "$merged/var/lib/apt/lists"
    mount --bind "$apt/archives" "$merged/var/cache/apt/archives"
    cp -L /etc/resolv.conf "$merged/etc/resolv.conf"
    cp "$apt/sources.list" "$merged/etc/apt/sources.list"
    printf '#!/bin/sh\nexit 101\n' >"$merged/usr/sbin/policy-rc.d"
    chmod 755 "$merged/usr/sbin/policy-rc.d"
    # shellcheck disable=SC2086  # a list of words
    if ! { chroot "$merged" apt-get -qq -o APT::Sandbox::User=root update &&
        DEBIAN_FRONTEND=noninteractive chroot "$merged" apt-get -qq -y -o Dpkg::Use-Pty=0 -o APT::Keep-Downloaded-Packages=true \
            install --no-install-recommends $packages; } >"$out/build.log" 2>&1; then
        tail -n 20 "$out/build.log" >&2
        exit 1
    fi
    umount "$merged/var/cache/apt/archives" "$merged/var/lib/apt/lists" "$merged/proc" "$merged"
    rm -rf "$out/work" "$out/merged" "$upper/etc/resolv.conf" "$upper/etc/apt/sources.list" "$upper/usr/sbin/policy-rc.d" \
        "$upper"/var/cache/apt/*.bin "$upper"/var/log/*.log "$upper/var/log/apt" "$upper/var/cache/ldconfig"
fi
rm -f "$upper/etc/apt/sources.list"
cp -a "$stage/." "$upper/"
sed -n 's/^folder //p' "$folder/image.conf" | while read -r mode path; do
    mkdir -p "$upper$path"
    chmod "$mode" "$upper$path"
done
python3 "$(dirname -- "$0")/oci.py" image "$folder/image.conf" "$upper" "$base" "$out"
rm -rf "$upper"
