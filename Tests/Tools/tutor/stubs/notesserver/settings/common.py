"""Stands in for the service's own settings."""

LOGGING = {}
