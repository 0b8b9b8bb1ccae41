"""What LMS and Studio need, each asked where and as whom the settings say."""
import os
import smtplib
import threading
import time

import checks
import redis
from django.conf import settings
from django.db import connection
from django_redis import get_redis_connection

# Probes ask several times a second, in every process; one round serves them for a moment.
KEEP = 2
TIMEOUT = 3
LOCK = threading.Lock()
LAST = {"at": 0.0, "report": None}


def mysql():
    """The account of the settings reads the table that the jobs made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM stand_in_asked")


def mongodb():
    """The account of DOC_STORE_CONFIG logs in."""
    store = settings.DOC_STORE_CONFIG
    if settings.MODULESTORE["default"]["OPTIONS"]["stores"][0]["DOC_STORE_CONFIG"] != store:
        raise RuntimeError("the module store is another one")
    checks.ask(
        store["host"], {"op": "login", "db": store["authsource"], "user": store["user"], "pwd": store["password"]},
        port=store["port"])


def cache():
    """The cache answers; the settings make Django look away when it does not."""
    get_redis_connection("default").ping()


def broker():
    """The broker of the queues answers."""
    redis.Redis.from_url(settings.BROKER_URL, socket_timeout=TIMEOUT).ping()


def search():
    """The key of the settings finds the platform's indexes."""
    from search import meilisearch

    there = meilisearch.client().get_indexes()
    absent = [name for name in meilisearch.NAMES if settings.MEILISEARCH_INDEX_PREFIX + name not in there]
    if absent:
        raise RuntimeError(f"no index {absent}")


def mail():
    """The relay greets."""
    with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=TIMEOUT) as relay:
        relay.noop()


NEEDS = {
    "mysql": mysql, "mongodb": mongodb, "redis cache": cache, "redis queues": broker, "meilisearch": search, "smtp": mail,
    **{f"volume {path}": checks.Writable(path) for path in ("/openedx/data", "/openedx/media", "/openedx/media-private")},
}


def report():
    """What became of each, of a moment ago at most."""
    with LOCK:
        if LAST["report"] is None or time.monotonic() - LAST["at"] > KEEP:
            needs = {name: checks.outcome(need) for name, need in NEEDS.items()}
            LAST["report"] = {
                "stand-in": os.environ["SERVICE_VARIANT"], "platform": settings.PLATFORM_NAME,
                "healthy": not any(needs.values()), "needs": needs,
            }
            LAST["at"] = time.monotonic()
        return LAST["report"]
