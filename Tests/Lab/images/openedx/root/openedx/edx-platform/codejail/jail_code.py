"""Stands in for codejail: notes what is configured."""

import recorded


def configure(command, bin_path, **named):
    """Notes it."""
    recorded.calls[f"codejail {command}"] = {"python": bin_path} | named
