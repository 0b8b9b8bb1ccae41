#!/bin/sh
# with-sshd.sh FOLDER COMMAND…: runs a command while a stock sshd listens on loopback (127.0.0.1 to 127.0.0.3),
# and ends that sshd afterwards.
#
# FOLDER gets the keys of the host (host_key) and of a user (user_key, with the passphrase $PASSPHRASE where that is set),
# and inventory.in of the working folder becomes inventory.yml, with the port in place of @PORT@.
set -eu
tools=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
folder=$1
shift
mkdir -p "$folder" /run/sshd
ssh-keygen -q -t ed25519 -N '' -f "$folder/host_key"
ssh-keygen -q -t ed25519 -N "${PASSPHRASE-}" -f "$folder/user_key"
port=$((20000 + $$ % 12000))
sshd=
trap '[ -z "$sshd" ] || kill "$sshd" 2>/dev/null || true' EXIT
for _ in 1 2 3 4 5 6 7 8 9 10; do
    sh "$tools/sshd-config.sh" "$folder" "$folder" "$port" 127.0.0.1 127.0.0.2 127.0.0.3 >"$folder/sshd_config"
    /usr/sbin/sshd -D -f "$folder/sshd_config" -E "$folder/sshd.log" &
    sshd=$!
    while kill -0 "$sshd" 2>/dev/null && ! grep -q 'Server listening on 127.0.0.3' "$folder/sshd.log" 2>/dev/null; do
        sleep 0.05
    done
    if kill -0 "$sshd" 2>/dev/null; then break; fi
    # Somebody else has that port.
    : >"$folder/sshd.log"
    port=$((port + 7))
done
sed "s/@PORT@/$port/" inventory.in >inventory.yml
code=0
"$@" || code=$?
exit "$code"
