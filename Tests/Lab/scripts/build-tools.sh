#!/bin/sh
# build-tools.sh SOURCE PROGRAMS OUT: the lab's own Go programs, each a folder in PROGRAMS, to static programs in OUT. They
# are compiled inside the tree of Kubernetes because its vendor folder holds every library that they use.
set -eu
source=$1
programs=$2
out=$3
tree=$out/gopath/src/k8s.io/kubernetes

mkdir -p "$out/gopath/src/k8s.io"
sh "$(dirname -- "$0")/unpack-kubernetes.sh" "$source" "$tree" >"$out/build.log" 2>&1
export GO111MODULE=off GOPATH="$out/gopath" GOFLAGS='' CGO_ENABLED=0
for program in "$programs"/*/; do
    name=$(basename "$program")
    cp -r "$program" "$tree/cmd/$name"
    printf 'lab: tools: %s\n' "$name"
    (cd "$tree" && go vet "./cmd/$name" && go build -ldflags '-s -w' -o "$out/$name" "./cmd/$name")
done
chmod -R u+w "$out/gopath"
rm -rf "$out/gopath"
