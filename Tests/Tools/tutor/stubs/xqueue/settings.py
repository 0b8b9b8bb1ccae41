"""Stands in for the service's own settings."""

LOGGING = {"handlers": {"local": {}, "console": {}}, "loggers": {"": {"handlers": ["console", "local"]}}}
