#!/bin/sh
# The images that the lab's registry serves: one for each folder of Tests/Lab/images/ (see the README there).
. "$(dirname -- "$0")/lib.sh"
. "$LAB_DIR/scripts/artefacts.sh"
. "$LAB_DIR/scripts/image.sh"

check() {
    for folder in "$LAB_DIR"/images/*/; do
        [ -d "$(image_layout "${folder%/}")" ] || return 1
    done
}

apply() {
    for folder in "$LAB_DIR"/images/*/; do
        image_build "${folder%/}"
    done
}

verb check apply "$@"
