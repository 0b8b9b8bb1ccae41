"""Clients of OAuth."""
from django.contrib.auth import get_user_model

from stand_in.asked import Noted


class Command(Noted):
    """Is only written down."""

    words = ["name", "username"]
    flags = ["--skip-authorization", "--update"]
    options = ["--client-id", "--client-secret", "--grant-type", "--redirect-uris", "--scopes"]

    def act(self, given):
        """The account must be there."""
        get_user_model().objects.get(username=given["username"])
