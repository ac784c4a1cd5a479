"""What every answer carries, and what a person reads when something goes wrong underneath."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger("massline.web")

Handler = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


PASSING = (
    "locked",
    "busy",
    "full",
    "readonly",
    "read-only",
    "unable to open",
    "disk i/o",
    "connection",
    "timeout",
    "timed out",
)


def is_passing(problem: OperationalError) -> bool:
    """Tell a database that cannot serve right now from one that is wrong, which is an error of ours."""
    said = str(problem).lower()
    return any(word in said for word in PASSING)


class Headers:
    """Keep pages out of other pages and, at the desk, out of caches."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if settings.DOOR == "desk":
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class Trouble:
    """Turn a database that cannot write, or a form far too large, into a sentence that says what is safe."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, OverflowError):
            # A number in the form that no database can hold: nobody's page made it.
            return render(request, "web/stale.html", status=400)
        if isinstance(problem, RequestDataTooBig):
            return render(request, "web/too_large.html", status=413)
        if isinstance(problem, OperationalError) and is_passing(problem):
            log.error("The database did not answer: %s", problem)
            response = render(request, "web/busy.html", status=503)
            response["Retry-After"] = "10"
            return response
        return None
