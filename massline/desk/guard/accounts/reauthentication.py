"""Reauthentication before dangerous acts, and the redirect for overdue second factors."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from massline.desk.guard.access import DeskRequest
from massline.desk.guard.accounts import login, passkeys
from massline.desk.guard.accounts.forms import ReauthenticationForm
from massline.desk.guard.accounts.unsent_forms import (
    UnsentForm,
    read_unsent_form,
    show_unsent_form,
    unsent_form_of,
)
from massline.desk.people.models import Account

P = ParamSpec("P")


def require_fresh_login(
    back: Callable[..., str] | None = None,
) -> Callable[
    [Callable[Concatenate[DeskRequest, P], HttpResponse]], Callable[Concatenate[DeskRequest, P], HttpResponse]
]:
    """Decorate a view to ask for the passphrase or a passkey again, unless that was within ten minutes.

    Afterwards the browser returns to the same page. For a POST, `back` gives the page with the button to press
    again, from the URL's arguments.
    """

    def decorate(
        view: Callable[Concatenate[DeskRequest, P], HttpResponse],
    ) -> Callable[Concatenate[DeskRequest, P], HttpResponse]:
        @wraps(view)
        def asked(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if login.is_fresh(request):
                return view(request, *args, **kwargs)
            return ask_to_reauthenticate(request, back(*args, **kwargs) if back else request.get_full_path())

        return asked

    return decorate


def ask_to_reauthenticate(request: HttpRequest, onward: str) -> HttpResponse:
    unsent = read_unsent_form(request) if request.method == "POST" else None
    if unsent is not None:
        return show_reauthentication(request, ReauthenticationForm(), onward=onward, unsent=unsent)
    if request.method == "POST":
        messages.info(
            request, _("Nothing has changed yet. Confirm that it’s you, then press the button again.")
        )
    return redirect(f"{reverse('guard:again')}?{urlencode({'next': onward})}")


def ask_two_holders(request: DeskRequest, org: str, **asked: object) -> HttpResponse:
    """Redirect to the form that proposes an act to another key-holder, filled in as far as it is known."""
    messages.info(
        request, _("This takes two key-holders. Say why, and propose it."), extra_tags="takes-two-holders"
    )
    return redirect(f"{reverse('guard:keeping', args=[org])}?{urlencode(asked)}#{asked['what']}")


def show_reauthentication(
    request: HttpRequest,
    form: ReauthenticationForm,
    *,
    onward: str,
    unsent: UnsentForm | None,
    trouble: str = "",
) -> HttpResponse:
    """The page that asks whether it is you, with the form that waits to be sent, if there is one."""
    assert isinstance(request.user, Account)
    has_passkey = request.user.passkeys.exists() and passkeys.is_passkey_possible(request)
    page = {"form": form, "next": onward, "has_passkey": has_passkey, "trouble": trouble, "unsent": unsent}
    return render(request, "guard/again.html", page)


class SecondFactorFirst:
    """Middleware that redirects accounts with an overdue second factor to the page that adds one.

    A form that they send meanwhile comes back to them, to be sent after that.
    """

    OPEN = {
        "guard:account", "guard:again", "guard:app", "guard:passkey_new", "guard:add_passkey", "guard:codes",
        "guard:logout", "guard:login", "guard:second_step", "guard:passkey_options", "guard:passkey_login",
        "guard:passphrase", "guard:remove_factor", "guard:end_sessions",
    }  # fmt: skip

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        match = request.resolver_match
        owes = request.user.is_authenticated and request.session.get(login.MUST_ADD)
        if not owes or match is None or match.view_name in self.OPEN:
            return None
        is_form = request.method == "POST" and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
        unsent = unsent_form_of(request) if is_form else None
        if unsent is not None:
            return show_unsent_form(request, unsent)
        messages.info(request, _("First add a second step for your login. It takes a minute."))
        return redirect("guard:account")
