"""A management command of the real platform that here is only written down, with the options that it takes."""
from django.core.management.base import BaseCommand


class Noted(BaseCommand):
    """Refuses options that are not its own, and what is no option; keeps how often it was asked for what."""

    # Positional words, flags, and options with a value; values are not written down, since some are secret.
    words = []
    flags = []
    options = []

    def add_arguments(self, parser):
        """What the real one takes, as far as the edition uses it."""
        for word in self.words:
            parser.add_argument(word)
        for flag in self.flags:
            parser.add_argument(flag, action="store_true")
        for option in self.options:
            parser.add_argument(option, required=True)

    def handle(self, *_, **given):
        """Writes it down."""
        from stand_in.models import Asked

        name = type(self).__module__.split(".")[-1]
        flags = [flag for flag in self.flags if given[flag.lstrip("-").replace("-", "_")]]
        asked, _ = Asked.objects.get_or_create(
            words=" ".join([name, *(given[word] for word in self.words), *flags]))
        asked.runs += 1
        asked.save()
        self.act(given)
        self.stdout.write(f"stand-in for {asked.words}")

    def act(self, given):
        """What else it does."""
