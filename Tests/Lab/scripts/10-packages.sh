#!/bin/sh
# What the lab needs of Debian on this machine. Swift, git and make are presumed, nothing else.
. "$(dirname -- "$0")/lib.sh"

PACKAGES="apt-utils ca-certificates curl debian-archive-keyring debootstrap docker-registry dpkg-dev gcc gnupg golang-go
golang-github-modern-go-reflect2-dev iproute2 iptables jq libc6-dev make openssh-client procps python3 python3-venv rsync skopeo
systemd-container util-linux"

check() {
    for package in $PACKAGES; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || return 1
    done
}

# docker-registry starts a daemon when it is installed; exit 101 of policy-rc.d forbids it. A file that is there already is
# the machine's own policy and stays.
apply() {
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        trap 'rm -f "$policy"' EXIT
        printf '#!/bin/sh\nexit 101\n' >"$policy"
        chmod 755 "$policy"
    fi
    say "packages: apt-get update"
    apt-get -qq -o DPkg::Lock::Timeout=300 update
    say "packages: installing on this machine"
    # shellcheck disable=SC2086  # a list of words
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
        install --no-install-recommends $PACKAGES >/dev/null
}

verb check apply "$@"
