#!/bin/sh
# Every built image in the lab's registry, under each of its names.
. "$(dirname -- "$0")/lib.sh"
. "$LAB_DIR/scripts/artefacts.sh"
. "$LAB_DIR/scripts/image.sh"

check() {
    for folder in "$LAB_DIR"/images/*/; do
        image_published "${folder%/}" || return 1
    done
}

apply() {
    for folder in "$LAB_DIR"/images/*/; do
        image_published "${folder%/}" || image_publish "${folder%/}"
    done
}

verb check apply "$@"
