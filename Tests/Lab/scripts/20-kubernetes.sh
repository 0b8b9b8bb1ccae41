#!/bin/sh
# The seven programs of Kubernetes, built from Debian's source (the only one with kubeadm that Debian has). Ten minutes from
# nothing on two cores, half a minute with a warm GOCACHE, nothing when they are in the cache.
. "$(dirname -- "$0")/lib.sh"
. "$LAB_DIR/scripts/artefacts.sh"

check() {
    [ -x "$KUBERNETES_PROGRAMS/kubeadm" ]
}

# An APT configuration of our own asks for sources, so that the machine's own sources stay as they are.
fetch_source() {
    apt=$1/apt
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
    printf 'deb-src [signed-by=%s] %s bookworm main\n' "$DEBIAN_KEYRING" "$(debian_mirror)" >"$apt/sources.list"
    cat >"$apt/apt.conf" <<CONF
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt/cache";
APT::Sandbox::User "root";
CONF
    say "kubernetes: fetching Debian's source $KUBERNETES_SOURCE_VERSION"
    APT_CONFIG=$apt/apt.conf apt-get -qq update
    (cd "$1" && APT_CONFIG=$apt/apt.conf apt-get -qq source --download-only "kubernetes=$KUBERNETES_SOURCE_VERSION")
    rm -rf "$apt"
}

build_programs() {
    GOCACHE=$LAB_CACHE/go-build sh "$LAB_DIR/scripts/build-kubernetes.sh" "$KUBERNETES_SOURCE" "$1"
}

apply() {
    build "$KUBERNETES_SOURCE" fetch_source
    say "kubernetes: compiling (five to ten minutes the first time)"
    build "$KUBERNETES_PROGRAMS" build_programs
}

verb check apply "$@"
