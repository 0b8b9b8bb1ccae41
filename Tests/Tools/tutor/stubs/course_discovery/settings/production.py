"""Stands in for the service's own settings."""

JWT_AUTH = {}
ELASTICSEARCH_DSL = {"default": {}}
PARLER_LANGUAGES = {1: [{}], "default": {}}
LOGGING = {"handlers": {"local": {}, "console": {}}, "loggers": {"": {"handlers": ["console", "local"]}}}
