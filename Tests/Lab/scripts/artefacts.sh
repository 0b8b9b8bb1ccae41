# shellcheck shell=sh
# The cached artefacts: where each one is, keyed by what it is built from. An artefact that
# stands on another is keyed by the name of that one, which is its key. Read with `.` after lib.sh.
# shellcheck disable=SC2034  # the readers use them

scripts=$LAB_DIR/scripts
KUBERNETES_SOURCE_VERSION='1.20.5+really1.20.2-1.1+deb12u1'
KUBERNETES_SOURCE=$LAB_CACHE/kubernetes-source-$(key "$KUBERNETES_SOURCE_VERSION")
KUBERNETES_PROGRAMS=$LAB_CACHE/kubernetes-$(key "${KUBERNETES_SOURCE##*/}" "$scripts/unpack-kubernetes.sh" \
    "$scripts/build-kubernetes.sh")
LAB_TOOLS=$LAB_CACHE/tools-$(key "${KUBERNETES_SOURCE##*/}" "$scripts/unpack-kubernetes.sh" "$scripts/build-tools.sh" "$LAB_DIR/go")
NODE_ROOT=$LAB_CACHE/root-node-$(key node "$scripts/build-root.sh")
IMAGE_ROOT=$LAB_CACHE/root-image-$(key image "$scripts/build-root.sh")
PACKAGE_PATH=core:/stable:/v1.20/deb
PACKAGE_REPOSITORY=$LAB_CACHE/packages-$(key "${KUBERNETES_PROGRAMS##*/}" "${LAB_TOOLS##*/}" "$scripts/build-packages.sh")
CADDY=$LAB_DIR/../Tools/caddy.sh
IMAGE_STORE=$LAB_CACHE/images
REGISTRY_STORE=$LAB_CACHE/registry
APT_STORE=$LAB_CACHE/apt
