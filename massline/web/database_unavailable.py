"""Transient database failures: how they are recognised, and the page shown for them."""

import logging

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from massline.web.secret_fields import is_secret_field

log = logging.getLogger("massline.web")

RETRY_SECONDS = 10
PASSING = (
    "locked",
    "busy",
    "full",
    "no space left",
    "readonly",
    "read-only",
    "unable to open",
    "disk i/o",
    "connection",
    "terminat",
    "shutting down",
    "starting up",
    "recovery mode",
    "timeout",
    "timed out",
)
TOKEN = "csrfmiddlewaretoken"


def is_transient(problem: BaseException | None) -> bool:
    """True if a database error is transient; any other is an error of ours."""
    if not isinstance(problem, OperationalError | InterfaceError | InternalError):
        return False
    message = str(problem).lower()
    return any(word in message for word in PASSING)


def show_unavailable(request: HttpRequest, problem: BaseException | None) -> HttpResponse:
    """Show a page that says what is stored and what is not, with the typed fields to send again."""
    log.error("The database did not answer: %s", problem)
    response = render(request, "web/busy.html", {"kept": typed_fields(request)}, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form that was sent; none where it holds a secret or a file, which must be given again."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    if request.FILES or any(is_secret_field(name) for name, _ in fields if name != TOKEN):
        return []
    return [(name, str(value)) for name, value in fields if name != TOKEN]
