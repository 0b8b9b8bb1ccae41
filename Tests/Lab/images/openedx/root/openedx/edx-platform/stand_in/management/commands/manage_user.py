"""Accounts, in Django's own table."""
from django.contrib.auth import get_user_model

from stand_in.asked import Noted


class Command(Noted):
    """Makes one or leaves it as it is."""

    words = ["username", "email"]
    flags = ["--unusable-password", "--staff", "--superuser"]

    def act(self, given):
        """By its name."""
        user, _ = get_user_model().objects.get_or_create(
            username=given["username"], defaults={"email": given["email"]})
        user.is_staff, user.is_superuser = given["staff"], given["superuser"]
        if given["unusable_password"]:
            user.set_unusable_password()
        user.save()
