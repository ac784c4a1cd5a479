"""From the door to the desk: the passphrase first, then the second factor, then a session.

Between the two steps the session knows only whose turn it is, for ten minutes; it opens nothing.
"""

import time

from django.contrib.auth import login as start_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from massline.desk.guard.accounts import second_factor_policy
from massline.desk.people.models import Account

HALF = "half_in"
HALF_MINUTES = 10
FRESH = "fresh_at"
FRESH_MINUTES = 10
MUST_ADD = "must_add"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Give the page to go on to, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours else otherwise


def after_passphrase(request: HttpRequest, account: Account, *, onward: str) -> HttpResponse:
    """Go on to the second step, or in where the account has none."""
    if not second_factor_policy.has_factor(account):
        return come_in(request, account, onward=onward)
    request.session.cycle_key()
    request.session[HALF] = {
        "account": account.pk,
        "hash": account.get_session_auth_hash(),
        "at": minute(),
        "next": onward,
    }
    return redirect("guard:second_step")


def half_in(request: HttpRequest) -> tuple[Account, str] | None:
    """Whose passphrase was right in this browser not long ago, and where they are going."""
    half = request.session.get(HALF)
    if not isinstance(half, dict) or minute() - half["at"] > HALF_MINUTES:
        return None
    account = Account.objects.filter(pk=half["account"], is_active=True).first()
    if account is None or account.get_session_auth_hash() != half["hash"]:
        return None
    return account, str(half["next"])


def come_in(request: HttpRequest, account: Account, *, onward: str = "") -> HttpResponse:
    """Begin the session; where a second factor has been missing for too long, at the page that adds one."""
    request.session.pop(HALF, None)
    start_session(request, account, backend=BACKEND)
    refresh(request)
    if second_factor_policy.begin(account):
        request.session[MUST_ADD] = True
        return redirect("guard:account")
    return redirect(onward or reverse("home:doors"))


def refresh(request: HttpRequest) -> None:
    """They have just shown who they are."""
    request.session[FRESH] = minute()


def is_fresh(request: HttpRequest) -> bool:
    return 0 <= minute() - int(request.session.get(FRESH, 0)) <= FRESH_MINUTES


def minute() -> int:
    """The minute we live in; what a session says of time is no finer."""
    return int(time.time()) // 60
