"""What settings do besides being set."""

calls = {}
