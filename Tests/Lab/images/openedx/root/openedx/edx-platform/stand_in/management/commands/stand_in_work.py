"""Tasks for a test: `stand_in_work KEY COUNT MILLISECONDS` puts so many into the queue, each taking so long."""
from django.core.management.base import BaseCommand

from stand_in.tasks import work


class Command(BaseCommand):
    """Returns at once."""

    def add_arguments(self, parser):
        """Three words."""
        parser.add_argument("key")
        parser.add_argument("count", type=int)
        parser.add_argument("milliseconds", type=int)

    def handle(self, *_, **given):
        """One after the other."""
        for number in range(given["count"]):
            work.delay(f"{given['key']}-{number}", given["milliseconds"] / 1000)
