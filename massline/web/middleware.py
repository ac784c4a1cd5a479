"""Security headers, allowed methods, and pages for database trouble and oversized forms."""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from massline.web.database_unavailable import is_transient, show_unavailable
from massline.web.rate_limits import TooManyTries

log = logging.getLogger("massline.web")
Handler = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class SecurityHeaders:
    """Keep pages out of other pages and, at the desk, out of caches."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if settings.DOOR == "desk":
            response.headers.setdefault("Cache-Control", "no-store")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            # The language that somebody chose is in a cookie, so a shared cache must not mix the pages up.
            patch_vary_headers(response, ["Cookie"])
        return response


class DatabaseTrouble:
    """Turn a database that cannot write, or a form far too large, into a sentence that says what is safe."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if isinstance(problem, OverflowError | UnicodeEncodeError):
            # A number or half a letter that no database can hold: nobody's page made it.
            return render(request, "web/stale.html", status=400)
        if isinstance(problem, IntegrityError):
            # Two people sent the same at once, and the database took the first.
            log.warning("Somebody was quicker with the same: %s", type(problem).__name__)
            return render(request, "web/stale.html", status=409)
        if isinstance(problem, RequestDataTooBig):
            return render(request, "web/too_large.html", status=413)
        if isinstance(problem, TooManyTries):
            return problem.wait.answer(request)
        return show_unavailable(request, problem) if is_transient(problem) else None


class MethodRefused(Exception):
    """Somebody may see what they asked for, but by no such method."""


def refuse_other_methods(request: HttpRequest) -> None:
    """Raise OnlyReadOrSend for whatever neither reads nor sends; called once it is known that they may see it."""
    if request.method not in AllowedMethods.METHODS:
        raise MethodRefused


class AllowedMethods:
    """A page is read or sent to, and nothing else can be done with it: 405, whatever a page itself would do.

    Where an organisation stands in the address of a desk's page, the rule of access comes first: for whoever may
    not see it the page is not there by any method. So no answer tells that something exists.
    """

    METHODS = ("GET", "HEAD", "POST")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, given: tuple[Any, ...], named: dict[str, Any]
    ) -> HttpResponse | None:
        asks_for_access = settings.DOOR == "desk" and "org" in named
        if request.method in self.METHODS or asks_for_access:
            return None
        return HttpResponseNotAllowed(self.METHODS)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return HttpResponseNotAllowed(self.METHODS) if isinstance(problem, MethodRefused) else None
