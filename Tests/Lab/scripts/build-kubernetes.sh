#!/bin/sh
# build-kubernetes.sh SOURCE OUT: Debian's source of Kubernetes, in the folder SOURCE, to seven static programs in OUT. The
# cache keys the programs by this file: what is written here is what they were built from.
set -eu
source=$1
out=$2
tree=$out/tree
log=$out/build.log
status=$out/status

sh "$(dirname -- "$0")/unpack-kubernetes.sh" "$source" "$tree" >"$log" 2>&1

# The source is no git checkout, so the version that the programs report is told to them.
export KUBE_GIT_VERSION=v1.20.2 KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20 KUBE_GIT_TREE_STATE=clean
export KUBE_GIT_COMMIT=faecb196815e248d3ecfb03c680a4507229c2a56
export CGO_ENABLED=0 KUBE_STATIC_OVERRIDES=kubelet GOPROXY=off

programs="kubeadm kubelet kubectl kube-apiserver kube-controller-manager kube-scheduler kube-proxy"
what=-v
for program in $programs; do
    what="$what cmd/$program"
done

# go's -v names each package as it is compiled, which serves as progress: about 2400 lines from a cold cache. It travels in
# WHAT, because the makefile takes the whole of GOFLAGS for a build tag.
{
    code=0
    (cd "$tree" && make all WHAT="$what" GOFLAGS=-mod=vendor) 2>&1 || code=$?
    echo "$code" >"$status"
} | tee -a "$log" | awk '
    /^[a-z0-9.]+\/[^ ]*$/ && ++compiled % 100 == 0 { print "lab: kubernetes: " compiled " of about 2400 packages"; fflush() }'
if [ "$(cat "$status")" != 0 ]; then
    tail -n 20 "$log" >&2
    exit 1
fi
for program in $programs; do
    mv "$tree/_output/local/bin/linux/$(go env GOARCH)/$program" "$out/$program"
done
chmod -R u+w "$tree"
rm -rf "$tree" "$status"
