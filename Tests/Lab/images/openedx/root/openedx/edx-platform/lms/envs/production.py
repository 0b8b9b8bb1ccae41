"""Stands in for the platform's settings."""

import platform_base

globals().update(platform_base.base("lms"))
