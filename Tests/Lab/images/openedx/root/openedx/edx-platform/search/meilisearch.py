"""Stands in for edx-search: makes the platform's indexes with the key that the settings have."""
import meilisearch
from django.conf import settings

NAMES = ["courseware_content", "course_info"]


def client():
    """Meilisearch as the settings have it."""
    return meilisearch.Client(settings.MEILISEARCH_URL, settings.MEILISEARCH_API_KEY)


def create_indexes():
    """Makes the indexes that are not there."""
    for name in NAMES:
        client().create_index(settings.MEILISEARCH_INDEX_PREFIX + name)
