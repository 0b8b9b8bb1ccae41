#!/bin/sh
# sshd-config.sh FOLDER HOME PORT ADDRESS…: prints the configuration of an sshd that only the key user_key of FOLDER opens,
# and whose host key is there too; HOME is what logins have for their home, where they may authorize more keys.
set -eu
folder=$1 home=$2 port=$3
shift 3
printf 'SetEnv HOME=%s\nPort %s\n' "$home" "$port"
printf 'ListenAddress %s\n' "$@"
cat <<END
HostKey $folder/host_key
PidFile none
AuthorizedKeysFile $folder/user_key.pub $home/.ssh/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
END
