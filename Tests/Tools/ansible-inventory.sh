#!/bin/sh
# Prints what the real `ansible-inventory --list` says of inventories, as one JSON object by the name of the folder.
# usage: ansible-inventory.sh FOLDER
#
# Each folder below FOLDER has an inventory `hosts*`, which may be a folder itself, and where it has a vault a file
# `.password`. An inventory that Ansible refuses is null. Ansible comes from PyPI and is kept in a venv of the cache.
set -eu

release=2.19.4
here=$(cd "$(dirname "$0")" && pwd)
cache=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mooc-cluster}
venv=$cache/ansible-core-$release
sh "$here/venv.sh" "$venv" "ansible-core==$release"

: > "$1/ansible.cfg"
ANSIBLE_CONFIG=$1/ansible.cfg ANSIBLE_LOCAL_TEMP=$1 ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED=1 \
    exec "$venv/bin/python" "$here/ansible-inventory.py" "$1"
