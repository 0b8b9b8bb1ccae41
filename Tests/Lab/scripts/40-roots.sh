#!/bin/sh
# Two root file systems that debootstrap makes: the one that nodes boot from, and the small one that images stand on.
. "$(dirname -- "$0")/lib.sh"
. "$LAB_DIR/scripts/artefacts.sh"

check() {
    [ -d "$NODE_ROOT" ] && [ -d "$IMAGE_ROOT" ]
}

bootstrap_node() {
    sh "$LAB_DIR/scripts/build-root.sh" node "$(debian_mirror)" "$1"
}

bootstrap_image() {
    sh "$LAB_DIR/scripts/build-root.sh" image "$(debian_mirror)" "$1"
}

apply() {
    say "roots: the nodes' root file system (a minute)"
    build "$NODE_ROOT" bootstrap_node
    say "roots: the images' root file system (half a minute)"
    build "$IMAGE_ROOT" bootstrap_image
}

verb check apply "$@"
