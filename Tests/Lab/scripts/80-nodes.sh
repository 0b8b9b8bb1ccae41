#!/bin/sh
# The nodes that LAB_NODES names (n1 n2 n3 unless it says otherwise), all at once.
. "$(dirname -- "$0")/lib.sh"
. "$LAB_DIR/scripts/artefacts.sh"
. "$LAB_DIR/scripts/process.sh"
. "$LAB_DIR/scripts/node.sh"

NODES=${LAB_NODES:-n1 n2 n3}

check() {
    for node in $NODES; do
        [ -n "$(node_init "$node")" ] && process_runs "$(node_folder "$node")/runner.pid" || return 1
        [ "$(cat "$(node_folder "$node")/root")" = "$NODE_ROOT/root" ] || return 1
    done
}

apply() {
    running=""
    for node in $NODES; do
        # A node that stands on an older root is of another lab.
        folder=$(node_folder "$node")
        if [ -f "$folder/root" ] && [ "$(cat "$folder/root")" != "$NODE_ROOT/root" ]; then
            node_remove "$node"
        fi
        sh "$LAB_DIR/lab" node "$node" start &
        running="$running $!"
    done
    failed=0
    for job in $running; do
        wait "$job" || failed=1
    done
    [ "$failed" = 0 ] || die "not every node came up"
}

verb check apply "$@"
