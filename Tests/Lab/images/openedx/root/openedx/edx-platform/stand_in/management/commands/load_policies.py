"""Who may do what."""
from stand_in.asked import Noted


class Command(Noted):
    """Takes nothing."""
