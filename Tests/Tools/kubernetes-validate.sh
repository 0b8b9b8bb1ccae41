#!/bin/sh
# Validates a file of Kubernetes objects in strict mode against the schemas of one Kubernetes version.
# usage: kubernetes-validate.sh KUBERNETES_VERSION FILE
#
# kubernetes-validate comes from PyPI, each release with some versions' schemas; it is kept in a venv of the cache.
set -eu

kubernetes=$1
file=$2

case $kubernetes in
1.1[0-9] | 1.2[0-4]) release=1.24.1 ;;
*) release=1.37.0 ;;
esac

cache=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mooc-cluster}
venv=$cache/kubernetes-validate-$release
sh "$(dirname "$0")/venv.sh" "$venv" "kubernetes-validate==$release"

exec "$venv/bin/python" "$(dirname "$0")/kubernetes-validate.py" "$kubernetes" "$file"
