"""Stands in for the client library of Meilisearch, as far as jobs and the platform's stand-in use it."""
import json
import urllib.error
import urllib.request


class errors:
    """The library's errors."""

    class MeilisearchApiError(Exception):
        """The server refused."""


class Client:
    """One server, by a key."""

    def __init__(self, url, api_key):
        self.url, self.key = url, api_key

    def get_key(self, uid):
        """A key that is there."""
        return self._ask("GET", f"/keys/{uid}")

    def create_key(self, options):
        """Makes a key."""
        return self._ask("POST", "/keys", options)

    def get_indexes(self):
        """The names of the indexes that the key may see."""
        return [index["uid"] for index in self._ask("GET", "/indexes")["results"]]

    def create_index(self, uid):
        """Makes an index, unless it is there."""
        return self._ask("POST", "/indexes", {"uid": uid})

    def _ask(self, method, path, body=None):
        request = urllib.request.Request(
            self.url + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise errors.MeilisearchApiError(f"{error.code} {error.read().decode()}") from error
