"""Stands in for the service's helper."""


def get_logger_config(**named):
    """A configuration with a local handler to be removed."""
    return {"asked": named, "handlers": {"local": {}, "console": {}}, "loggers": {"": {"handlers": ["console", "local"]}}}
