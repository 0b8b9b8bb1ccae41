#!/usr/bin/env python
"""Stands in for the platform's manage.py: Django's own commands, those of stand_in, and no others."""
import os
import sys

from django.core.management import execute_from_command_line

variant = sys.argv.pop(1) if len(sys.argv) > 1 else ""
if os.environ.get("DJANGO_SETTINGS_MODULE", "").split(".")[0] != variant or variant not in ("lms", "cms"):
    sys.exit(f"stand-in: ./manage.py {variant}, while the settings are {os.environ.get('DJANGO_SETTINGS_MODULE')}")
execute_from_command_line(sys.argv)
