"""The end of sessions that nobody uses, and a login before which nothing that was typed is lost."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import ngettext

from massline.desk.guard.accounts.login import FRESH, current_minute
from massline.desk.guard.accounts.unsent_forms import show_login, unsent_form_of

SEEN = "seen_at"
# Sessions note their last use in steps of so many minutes, so that a page does not cost a write.
STEP_MINUTES = 5


class EndIdleSessions:
    """Middleware that logs out whoever sent nothing for SESSION_IDLE_MINUTES. A page that asks by itself is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            session, now = request.session, current_minute()
            idle = now - max(session.get(SEEN, 0), session.get(FRESH, 0))
            if SEEN in session and idle > settings.SESSION_IDLE_MINUTES > 0:
                logout(request)
                request.was_idle = True  # type: ignore[attr-defined]
            elif SEEN not in session or idle >= STEP_MINUTES:
                session[SEEN] = now
        return self.get_response(request)


class LoginFirst(LoginRequiredMiddleware):
    """Middleware that asks for a login; a form that was sent without one comes back after it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponse:
        minutes = settings.SESSION_IDLE_MINUTES
        if getattr(request, "was_idle", False):
            messages.info(
                request,
                ngettext(
                    "You were logged out because nothing happened for %(minutes)d minute. Please log in again.",
                    "You were logged out because nothing happened for %(minutes)d minutes. Please log in again.",
                    minutes,
                )
                % {"minutes": minutes},
                extra_tags="logged-out-idle",
            )
        if request.method != "POST" or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
            answer: HttpResponse = super().handle_no_permission(request, view_func)
            return answer
        unsent = unsent_form_of(request)
        if unsent is not None:
            return show_login(request, unsent=unsent)
        return redirect(f"{reverse('guard:login')}?{urlencode({'next': _page_before(request)})}")


def _page_before(request: HttpRequest) -> str:
    """The page of ours whose form was sent; addresses that take forms alone cannot be opened after a login."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return request.get_full_path()
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
