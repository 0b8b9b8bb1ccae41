#!/bin/sh
# Renders one configuration of Tutor, with its official plugins, and prints the folder that then holds
# objects.json (what `kubectl kustomize` and `tutor k8s do init` would apply, in order) and config.yml (the
# configuration with everything that Tutor made up: passwords, keys, ids).
# usage: tutor.sh CONFIG.yml
#
# Tutor comes from PyPI, in the releases below; it is kept in a venv of the cache, and so is every render. With
# `--python` instead of a file, the Python of that venv is printed.
set -eu

core=22.0.3
plugins=22.0.0
# cryptography is in the images of Open edX, and settings use it.
packages="tutor==$core tutor-mfe==22.1.0 tutor-indigo==$plugins tutor-notes==$plugins
    tutor-credentials==$plugins tutor-discovery==$plugins tutor-forum==$plugins tutor-xqueue==$plugins
    tutor-minio==$plugins
    cryptography==50.0.2"

here=$(cd "$(dirname "$0")" && pwd)
cache=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mooc-cluster}
home=$cache/tutor-$core-$(printf '%s' "$packages" | sha256sum | cut -c 1-12)

# shellcheck disable=SC2086 # a list of words
sh "$here/venv.sh" "$home/venv" $packages

if test "$1" = --python; then
    printf '%s\n' "$home/venv/bin/python"
    exit 0
fi

# The name says what was asked for and by what it was made.
sum=$(cat "$1" "$here/tutor/render.py" | sha256sum | cut -c 1-16)
folder=$home/$sum
if ! test -f "$folder/objects.json"; then
    work=$(mktemp -d "$folder.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    cp "$1" "$work/config.yml"
    TUTOR_ROOT=$work TUTOR_PLUGINS_ROOT=$work/plugins "$home/venv/bin/python" "$here/tutor/render.py" "$work" >&2
    # Whoever comes second finds the first one's folder there and leaves it, which holds other passwords.
    mv -T "$work" "$folder" 2>/dev/null || test -f "$folder/objects.json"
fi
printf '%s\n' "$folder"
