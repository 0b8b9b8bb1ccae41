#!/bin/sh
# The lab's own programs: lab-crictl, lab-cni, lab-dns, lab-pause and lab-vip stand in for what Debian has no package of.
. "$(dirname -- "$0")/lib.sh"
. "$LAB_DIR/scripts/artefacts.sh"

check() {
    [ -x "$LAB_TOOLS/lab-dns" ]
}

build_tools() {
    GOCACHE=$LAB_CACHE/go-build sh "$LAB_DIR/scripts/build-tools.sh" "$KUBERNETES_SOURCE" "$LAB_DIR/go" "$1"
}

apply() {
    say "tools: compiling (a minute the first time)"
    build "$LAB_TOOLS" build_tools
}

verb check apply "$@"
