"""Pages for when something is missing, refused or broken. They say what is safe and what to do."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from massline.web.database_unavailable import is_transient, show_unavailable


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/not_found.html", status=404)


def show_bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/too_large.html", status=400)


def show_error(request: HttpRequest) -> HttpResponse:
    """An error of ours; or a database that failed outside of a view, where a session or an account is fetched."""
    problem = sys.exc_info()[1]
    if is_transient(problem):
        return show_unavailable(request, problem)
    return render(request, "web/broken.html", status=500)


def show_csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "web/stale.html", status=403)
