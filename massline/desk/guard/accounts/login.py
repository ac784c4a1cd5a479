"""Login: the passphrase first, then the second factor, then a session.

Between the two steps the session holds only the pending account, for ten minutes, and gives no access.
"""

import time

from django.contrib.auth import login as django_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from massline.desk.guard.accounts import second_factor_policy
from massline.desk.people.models import Account

PENDING = "half_in"
PENDING_MINUTES = 10
FRESH = "fresh_at"
FRESH_MINUTES = 10
MUST_ADD = "must_add"
LONGEST_NEXT = 2000
BACKEND = "django.contrib.auth.backends.ModelBackend"


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """The requested next page if it is on this site and no longer than an address of ours, else `otherwise`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours and len(wanted) <= LONGEST_NEXT else otherwise


def continue_login(request: HttpRequest, account: Account, *, onward: str) -> HttpResponse:
    """Continue with the second step, or start the session if the account has no second factor."""
    if not second_factor_policy.has_factor(account):
        return start_session(request, account, onward=onward)
    request.session.cycle_key()
    request.session[PENDING] = {
        "account": account.pk,
        "hash": account.get_session_auth_hash(),
        "at": current_minute(),
        "next": onward,
    }
    return redirect("guard:second_step")


def pending_account(request: HttpRequest) -> tuple[Account, str] | None:
    """The account that entered its passphrase in this browser within ten minutes, and its next page."""
    pending = request.session.get(PENDING)
    if not isinstance(pending, dict) or current_minute() - pending["at"] > PENDING_MINUTES:
        return None
    account = Account.objects.filter(pk=pending["account"], is_active=True).first()
    if account is None or account.get_session_auth_hash() != pending["hash"]:
        return None
    return account, str(pending["next"])


def start_session(request: HttpRequest, account: Account, *, onward: str = "") -> HttpResponse:
    """Start the session; if a second factor is overdue, continue on the page that adds one."""
    request.session.pop(PENDING, None)
    django_login(request, account, backend=BACKEND)
    mark_recently_authenticated(request)
    if second_factor_policy.start_deadline(account):
        request.session[MUST_ADD] = True
        return redirect("guard:account")
    return redirect(onward or reverse("home:doors"))


def mark_recently_authenticated(request: HttpRequest) -> None:
    """Record that the account has just authenticated, and give the browser a new session cookie."""
    request.session.cycle_key()
    request.session[FRESH] = current_minute()


def is_recently_authenticated(request: HttpRequest) -> bool:
    return 0 <= current_minute() - int(request.session.get(FRESH, 0)) <= FRESH_MINUTES


def current_minute() -> int:
    """Minutes since the epoch; sessions store no finer times."""
    return int(time.time()) // 60
