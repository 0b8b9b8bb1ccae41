"""What LMS and Studio answer in the lab: the real health page, the one that micro-frontends ask for settings, and a slow
page for tests."""
import time

from django.conf import settings
from django.db.transaction import non_atomic_requests
from django.http import JsonResponse
from django.urls import path


@non_atomic_requests
def heartbeat(_):
    """200 only when everything is there that the real platform needs."""
    # Not at the top: each ./manage.py reads this file too.
    from stand_in import needs

    report = needs.report()
    return JsonResponse(report, status=200 if report["healthy"] else 503)


@non_atomic_requests
def mfe_config(_):
    """What micro-frontends ask the LMS for when they start."""
    return JsonResponse(getattr(settings, "MFE_CONFIG", {}))


@non_atomic_requests
def slow(request, milliseconds):
    """Takes so long, and says who asked."""
    time.sleep(milliseconds / 1000)
    return JsonResponse({"from": request.META.get("HTTP_X_FORWARDED_FOR"), "host": request.get_host()})


urlpatterns = [
    path("heartbeat", heartbeat),
    path("api/mfe_config/v1", mfe_config),
    path("stand-in/slow/<int:milliseconds>", slow),
]
