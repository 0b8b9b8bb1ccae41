#!/bin/sh
# A package repository laid out like pkgs.k8s.io, from the programs that 20 and 25 built.
. "$(dirname -- "$0")/lib.sh"
. "$LAB_DIR/scripts/artefacts.sh"

check() {
    [ -f "$PACKAGE_REPOSITORY/$PACKAGE_PATH/InRelease" ]
}

build_repository() {
    sh "$LAB_DIR/scripts/build-packages.sh" "$KUBERNETES_PROGRAMS" "$LAB_TOOLS" "$1/$PACKAGE_PATH"
}

apply() {
    say "packages-repository: kubeadm, kubelet, kubectl, kubernetes-cni and cri-tools (half a minute)"
    build "$PACKAGE_REPOSITORY" build_repository
}

verb check apply "$@"
