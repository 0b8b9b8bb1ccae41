"""Where discussions are searched."""
from stand_in.asked import Noted


class Command(Noted):
    """Takes nothing."""
