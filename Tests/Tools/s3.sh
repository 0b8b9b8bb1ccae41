#!/bin/sh
# Runs settings of an object store against one: files are put and fetched by Django's storages.
# usage: s3.sh FOLDER ENDPOINT: the folder has with-s3.py and lms-with-s3.py, which name that endpoint.
#
# The store is moto's, which like the client comes from PyPI; they are kept in a venv of the cache.
set -eu

cache=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mooc-cluster}
venv=$cache/s3-moto-5.2.5
sh "$(dirname "$0")/venv.sh" "$venv" "moto[server]==5.2.5" "django-storages[s3]==1.14.6" "Django==5.2.8"
exec "$venv/bin/python" -B "$(dirname "$0")/s3.py" "$@"
