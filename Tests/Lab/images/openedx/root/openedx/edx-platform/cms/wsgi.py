"""Stands in for the platform's web application."""
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# Loaded before there are workers, as no request is to wait for it.
import stand_in.needs  # noqa: E402, F401
