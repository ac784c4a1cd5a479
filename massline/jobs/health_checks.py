"""Answers to whoever watches this process from outside: `/healthz`, `/readyz` and `/metrics`, at both doors.

They come before sessions, languages and the check of the host name, since a balancer asks by number. They say nothing
about people, and `/metrics` answers only to the token of MASSLINE_METRICS_TOKEN.
"""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections
from django.http import HttpRequest, HttpResponse, JsonResponse

from massline.core.db.pending_migrations import pending_migrations
from massline.jobs.metrics import CONTENT_TYPE, render_metrics
from massline.jobs.worker import databases

Handler = Callable[[HttpRequest], HttpResponse]
_migrated: set[str] = set()


class HealthChecks:
    """Answer the three addresses; pass on every other request."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answers: dict[str, Handler] = {
            "/healthz": _show_alive,
            "/readyz": _show_ready,
            "/metrics": _show_metrics,
        }
        answer = answers.get(request.path)
        if answer is None or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        if answer is _show_metrics and not _has_token(request):
            return self.get_response(request)
        response = answer(request)
        response.headers["Cache-Control"] = "no-store"
        return response


def _show_alive(request: HttpRequest) -> HttpResponse:
    """The process answers: 200, whatever the databases do."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _show_ready(request: HttpRequest) -> HttpResponse:
    """200 if every database of this door answers and is of this version, else 503 with what is missing."""
    found = {database: _state_of(database) for database in databases()}
    close_old_connections()
    ready = all(state == "ok" for state in found.values())
    return JsonResponse({"ready": ready, "databases": found}, status=200 if ready else 503)


def _show_metrics(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(render_metrics(), content_type=CONTENT_TYPE)
    close_old_connections()
    return response


def _state_of(database: str) -> str:
    try:
        with connections[database].cursor() as cursor:
            cursor.execute("SELECT 1")
        if database not in _migrated:
            if pending_migrations(database):
                return "behind this version"
            _migrated.add(database)
    except DatabaseError:
        return "does not answer"
    return "ok"


def _has_token(request: HttpRequest) -> bool:
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token: str = settings.METRICS_TOKEN
    return bool(token) and secrets.compare_digest(sent.encode(), token.encode())
