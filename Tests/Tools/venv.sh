#!/bin/sh
# Makes a Python venv with packages of PyPI, unless it is there already.
# usage: venv.sh FOLDER PACKAGE==RELEASE…
set -eu

venv=$1
shift
if ! test -f "$venv/complete"; then
    mkdir -p "$(dirname "$venv")"
    # A venv knows its own path, so it is made in place, by one process at a time.
    exec 9> "$venv.lock"
    flock 9
    if ! test -f "$venv/complete"; then
        rm -rf "$venv"
        python3 -m venv "$venv"
        "$venv/bin/pip" --quiet --disable-pip-version-check install "$@" >&2
        : > "$venv/complete"
    fi
fi
