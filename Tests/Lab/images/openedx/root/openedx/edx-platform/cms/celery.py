"""Stands in for the platform's Celery application: the tasks are stand_in's, the broker is that of the settings."""
from stand_in.tasks import APP  # noqa: F401 (celery --app=cms.celery looks for it)
