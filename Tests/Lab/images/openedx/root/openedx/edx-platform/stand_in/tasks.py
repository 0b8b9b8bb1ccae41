"""The tasks of the workers, by the broker of the settings."""
import os
import socket
import time

import django
from celery import Celery
from django.apps import apps
from django.conf import settings

if not apps.ready:
    django.setup()

VARIANT = os.environ["SERVICE_VARIANT"]
APP = Celery("stand_in", broker=settings.BROKER_URL, set_as_current=True)
APP.conf.update(task_default_queue=f"edx.{VARIANT}.core.default", task_ignore_result=True)


@APP.task(name="stand_in.work")
def work(key, seconds=0):
    """Takes so long, and then writes down that it is done."""
    from stand_in.models import Done

    time.sleep(seconds)
    Done.objects.create(key=key, worker=socket.gethostname())
