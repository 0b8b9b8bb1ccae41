#!/bin/sh
# inventory.sh [FILE]: writes the inventory of the lab, $LAB_STATE/inventory.yml unless FILE is given, for the nodes of LAB_NODES
# (n1 n2 n3 unless it says otherwise): the first is the control plane, the rest are workers.
LAB_DIR=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
. "$LAB_DIR/scripts/lib.sh"
. "$LAB_DIR/scripts/artefacts.sh"
. "$LAB_DIR/scripts/node.sh"

file=${1:-$LAB_STATE/inventory.yml}
role=control-plane
{
    cat <<YAML
cluster: lab
kubernetes:
  version: "$KUBERNETES_VERSION"
  runtime: containerd
  podNetwork: $LAB_PODS
  serviceNetwork: $LAB_SERVICES
  nodeCIDRMask: 28
  cni: $LAB_DIR/lab-cni.yaml
  imageRepository: k8s.gcr.io
ssh:
  user: ubuntu
  key: $LAB_STATE/id_ed25519
  knownHosts: $LAB_STATE/known_hosts
mirrors:
  kubernetes: http://$LAB_GATEWAY:8080/$PACKAGE_PATH/
  registries:
    k8s.gcr.io: http://$LAB_GATEWAY:5000
    registry.k8s.io: http://$LAB_GATEWAY:5000
    docker.io: http://$LAB_GATEWAY:5000
    quay.io: http://$LAB_GATEWAY:5000
    ghcr.io: http://$LAB_GATEWAY:5000
hosts:
YAML
    for node in ${LAB_NODES:-n1 n2 n3}; do
        printf '  - { name: %s, address: %s, role: %s }\n' "$node" "$(node_address "$node")" "$role"
        role=worker
    done
    printf 'openedx:\n  host: learn.example.edu\n  volumeNodes:\n'
    # One node cannot carry all: it has addresses for thirteen pods.
    for claim in mysql mongodb redis redis-cache meilisearch; do printf '    %s: %s\n' "$claim" "$node"; done
} >"$file.tmp"
mv "$file.tmp" "$file"
