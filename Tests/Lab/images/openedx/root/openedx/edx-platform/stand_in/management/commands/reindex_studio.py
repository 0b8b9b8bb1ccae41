"""The search of Studio, which a task fills."""
from stand_in.asked import Noted


class Command(Noted):
    """Puts the task into the queue."""

    def act(self, given):
        """Waits for nobody."""
        from stand_in.tasks import work

        work.delay("reindex_studio")
