"""What the platform keeps in MySQL, as far as the jobs of the edition touch it, and what a test wants to read there."""
from django.contrib.sites.models import Site
from django.db import models


class SiteTheme(models.Model):
    """The theme of a site."""

    site = models.ForeignKey(Site, related_name="themes", on_delete=models.CASCADE)
    theme_dir_name = models.CharField(max_length=255)


class Asked(models.Model):
    """A management command that only the real platform has, and how often it was run."""

    words = models.CharField(max_length=255, unique=True)
    runs = models.IntegerField(default=0)


class Done(models.Model):
    """A task that a worker has come to the end of."""

    key = models.CharField(max_length=255)
    worker = models.CharField(max_length=255)
