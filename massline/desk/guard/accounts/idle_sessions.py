"""The end of sessions that nobody uses, and a login before which nothing that was typed is lost."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import ngettext

from massline.desk.guard.accounts.login import FRESH, current_minute
from massline.desk.guard.accounts.login_limits import WAITING_SENDER
from massline.desk.guard.accounts.unsent_forms import FIELD, show_login, unsent_form_of
from massline.web.rate_limits import count_attempt

USED = "massline-used"
"""The name of the cookie with the minute of the last use."""


class EndIdleSessions:
    """Middleware that logs out whoever sent nothing for SESSION_IDLE_MINUTES. A page that asks by itself is used.

    The minute of the last use is in a cookie, signed for this session alone, so that no page costs a write and no disk
    says when somebody was here. Without that cookie the minute of the login counts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        last_use = _last_use(request) if request.user.is_authenticated else None
        if last_use is not None and current_minute() - last_use > settings.SESSION_IDLE_MINUTES > 0:
            logout(request)
            request.was_idle = True  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.user.is_authenticated and last_use != current_minute():
            _note_use(request, response)
        return response


def _last_use(request: HttpRequest) -> int | None:
    """The minute of the last use; None for a session of which not even the login is known, as in a test."""
    login = request.session.get(FRESH)
    try:
        return max(int(_signer(request).unsign(request.COOKIES.get(_cookie_name(), ""))), login or 0)
    except (BadSignature, ValueError):
        return login


def _note_use(request: HttpRequest, response: HttpResponse) -> None:
    response.set_cookie(
        _cookie_name(),
        _signer(request).sign(str(current_minute())),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
        path="/",
    )


def _cookie_name() -> str:
    return f"{settings.BOUND}{USED}"


def _signer(request: HttpRequest) -> Signer:
    return Signer(salt=f"massline.idle|{request.session.session_key}")


class LoginFirst(LoginRequiredMiddleware):
    """Middleware that asks for a login; a form that was sent without one comes back after it.

    The page of a form that waits is long, and whoever has no login is answered with it so many times only.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        # A program that comes with a key of the API sends what it likes, and its body is read there.
        is_form = request.method == "POST" and not getattr(view_func, "csrf_exempt", False)
        brings_form = is_form and not request.user.is_authenticated and FIELD in request.POST
        if brings_form and (wait := count_attempt(WAITING_SENDER, request)):
            return wait.answer(request)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
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
            return super().handle_no_permission(request, view_func)
        # Every page that asks for a login was checked for forms of other sites (tests/wall/test_headers.py).
        unsent = unsent_form_of(request)
        if unsent is not None:
            wait = count_attempt(WAITING_SENDER, request)
            return wait.answer(request) if wait else show_login(request, unsent=unsent)
        return redirect(f"{reverse('guard:login')}?{urlencode({'next': _page_before(request)})}")


def _page_before(request: HttpRequest) -> str:
    """The page of ours whose form was sent; addresses that take forms alone cannot be opened after a login."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        return request.get_full_path()
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
