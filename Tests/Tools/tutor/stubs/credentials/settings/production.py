"""Stands in for the service's own settings."""

JWT_AUTH = {}
