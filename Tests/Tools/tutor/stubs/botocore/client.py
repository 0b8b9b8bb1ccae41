"""Stands in for the client of object stores."""


class Config:
    """Says what it was made of."""

    def __init__(self, **options):
        self.options = options

    def __str__(self):
        return ", ".join(f"{key}={value}" for key, value in sorted(self.options.items()))
