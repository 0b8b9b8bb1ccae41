#!/bin/sh
# The inventory of the lab's nodes, as inventory.sh writes it.
. "$(dirname -- "$0")/lib.sh"

check() {
    wanted=$(mktemp)
    trap 'rm -f "$wanted"' EXIT
    sh "$LAB_DIR/inventory.sh" "$wanted" && cmp -s "$wanted" "$LAB_STATE/inventory.yml"
}

apply() {
    sh "$LAB_DIR/inventory.sh"
}

verb check apply "$@"
