"""Browsers that a passphrase was typed into before, so that strangers cannot lock an organiser out by name.

The cookie holds a random number and a keyed digest. It names nobody, opens nothing, and ends with the passphrase:
it only has a limit of wrong tries of its own.
"""

import hmac
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from massline.desk.people.models import Account

COOKIE = f"{settings.BOUND}massline-device"
LIVES_SECONDS = 180 * 24 * 60 * 60


def remember_device(response: HttpResponse, account: Account) -> None:
    number = secrets.token_hex(16)
    response.set_cookie(
        COOKIE,
        f"{number}.{_digest(number, account)}",
        max_age=LIVES_SECONDS,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
        path="/",
    )


def find_known_device(request: HttpRequest, name: str) -> str | None:
    """The number of this browser if the account of this name logged in with it since its passphrase was set."""
    number, _, digest = request.COOKIES.get(COOKIE, "").partition(".")
    account = Account.objects.filter(name=name, is_active=True).first() if digest else None
    if account is None or not hmac.compare_digest(_digest(number, account).encode(), digest.encode()):
        return None
    return number


def _digest(number: str, account: Account) -> str:
    value = f"{number}|{account.pk}|{account.get_session_auth_hash()}"
    return salted_hmac("massline.device", value, algorithm="sha256").hexdigest()
