#!/bin/sh
# Lets Django reach a mail server by settings as they are rendered, and says by what class and whether it was let in.
# usage: mail.sh FOLDER PORT: the folder has mail_settings.py.
#
# Django comes from PyPI; it is kept in a venv of the cache.
set -eu

cache=${LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/mooc-cluster}
venv=$cache/django-5.2.8
sh "$(dirname "$0")/venv.sh" "$venv" "Django==5.2.8"
PYTHONPATH=$1 DJANGO_SETTINGS_MODULE=mail_settings exec "$venv/bin/python" -B -c '
import sys

import django
from django.core.mail import get_connection

django.setup()
backend = get_connection(port=int(sys.argv[1]))
try:
    backend.open()
    print(type(backend).__name__, type(backend.connection).__name__, "is let in")
except OSError as error:
    sys.exit(f"{type(backend).__name__}: {error}")
' "$2"
