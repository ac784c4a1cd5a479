"""The one limit on guessing a passphrase: every check of an account counts, on whatever page it is typed."""

from collections.abc import Callable
from typing import TypeVar

from massline.desk.people.models import Account
from massline.web.rate_limits import Limiter, TooManyTries

T = TypeVar("T")
PASSPHRASE_ACCOUNT = Limiter("passphrase again, by account", per=8, seconds=900)


def check_with_limit(account: Account, check: Callable[[], T]) -> T:
    """Run a check of the account's passphrase, and count it unless it is right.

    Raises TooManyTries, before checking, if too many were wrong; the page then says how long to wait.
    """
    if wait := PASSPHRASE_ACCOUNT.take(str(account.pk)):
        raise TooManyTries(wait)
    result = check()
    if result:
        PASSPHRASE_ACCOUNT.give_back(str(account.pk))
    return result


def verify_passphrase(account: Account, passphrase: str) -> bool:
    """True if this is the account's passphrase; a wrong passphrase counts. Raises TooManyTries."""
    return check_with_limit(account, lambda: account.check_password(passphrase))
