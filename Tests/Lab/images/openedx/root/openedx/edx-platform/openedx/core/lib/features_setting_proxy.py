"""Stands in for the proxy of Verawood, by which a feature is a setting of its own."""


class FeaturesProxy(dict):
    """Reads and writes the settings of a module."""

    def __init__(self, names):
        super().__init__()
        self.names = names

    def __getitem__(self, key):
        return self.names[key]

    def __setitem__(self, key, value):
        self.names[key] = value

    def __contains__(self, key):
        return key in self.names

    def get(self, key, default=None):
        """A feature, or the default."""
        return self.names.get(key, default)

    def update(self, *tables, **named):
        """Sets many."""
        for table in (*tables, named):
            for key, value in dict(table).items():
                self.names[key] = value
