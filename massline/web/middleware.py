"""What every answer carries, and what a person reads when something goes wrong underneath."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from massline.web.passing import is_passing, not_now

Handler = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


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
        return not_now(request, problem) if is_passing(problem) else None
