#!/bin/sh
# unpack-kubernetes.sh SOURCE TREE: Debian's source of Kubernetes, in the folder SOURCE, as a tree that Go 1.19 can build.
set -eu
source=$1
tree=$2

dpkg-source --no-check --no-copy -x "$source"/kubernetes_*.dsc "$tree"

# The vendored reflect2 looks into the runtime in a way that Go 1.18 and later answer with a panic; Debian packages one
# that does not.
rm -rf "$tree/vendor/github.com/modern-go/reflect2"
cp -rL /usr/share/gocode/src/github.com/modern-go/reflect2 "$tree/vendor/github.com/modern-go/reflect2"
