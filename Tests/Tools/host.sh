#!/bin/sh
# host.sh FOLDER PORT: a host of its own on this machine, behind a stock sshd on loopback, for whoever ends it as a machine
# ends that loses its power: by killing the first process of its process namespace. Start it by
# `unshare --mount --pid --fork --kill-child --mount-proc`.
#
# Its /run, /tmp and /etc are new each time, the last a copy of this machine's, and its /var/lib is FOLDER's lib; all else is
# this machine's. The user `tester` may use sudo without a password; FOLDER has the keys host_key and user_key.pub, and home
# for whoever logs in.
set -eu
tools=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=$1
port=$2
umask 022
# The tools may be below /tmp, which is another one soon.
sh "$tools/sshd-config.sh" "$folder" "$folder/home" "$port" 127.0.0.1 >"$folder/sshd_config"
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/sshd /run/lock /run/keep
# what a start leaves alone
mount --bind "$folder/lib" /var/lib
# the folder itself may be below /tmp
mount --bind "$folder" /run/keep
mount -t tmpfs -o mode=1777 tmpfs /tmp
mkdir -p "$folder"
mount --move /run/keep "$folder"
rmdir /run/keep

# An /etc of its own: what others change in the machine's meanwhile would take single files of it away again.
mkdir /run/etc
cp -a /etc/. /run/etc
mount --bind /run/etc /etc
# Nobody's own shell start-up files count; root comes first, since others may have its number.
{
    echo "root:x:0:0:root:$folder/home:/bin/sh"
    grep -v -e '^root:' -e '^tester:' /etc/passwd
    echo "tester:x:4242:4242:tester:$folder/home:/bin/sh"
} >/run/passwd
cat /run/passwd >/etc/passwd
echo 'tester:*:19000:0:99999:7:::' >>/etc/shadow
echo 'tester:x:4242:' >>/etc/group
printf '%s\n' 'root ALL=(ALL:ALL) ALL' 'tester ALL=(ALL:ALL) NOPASSWD: ALL' >/etc/sudoers

: >"$folder/sshd.log"
/usr/sbin/sshd -D -f "$folder/sshd_config" -E "$folder/sshd.log" &
# The first process takes in the orphans.
wait "$!"
