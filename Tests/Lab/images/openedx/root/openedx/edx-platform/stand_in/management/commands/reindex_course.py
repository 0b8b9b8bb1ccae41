"""The search of courses."""
from stand_in.asked import Noted


class Command(Noted):
    """Knows of no course."""

    flags = ["--active"]
