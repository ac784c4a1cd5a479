"""Rate limits for logging in, by sender and by the name or account that is tried."""

from django.http import HttpRequest

from massline.desk.people.models import Account
from massline.web.rate_limits import Limiter, Wait, count_attempt

# One sender may try several names; one name may be tried from many places.
LOGIN_SENDER = Limiter("log in, by sender", per=20, seconds=600)
LOGIN_NAME = Limiter("log in, by name", per=8, seconds=900)
# Five codes at once, then one in five minutes: about 300 a day of a million, three of which are right.
SECOND_SENDER = Limiter("second factor, by sender", per=20, seconds=600)
SECOND_ACCOUNT = Limiter("second factor, by account", per=5, seconds=1500)
PASSKEY_SENDER = Limiter("passkey, by sender", per=40, seconds=600)
INVITATION_SENDER = Limiter("invitation, by sender", per=30, seconds=600)
AGAIN_ACCOUNT = Limiter("passphrase again, by account", per=8, seconds=900)


def limit_login(request: HttpRequest, name: str) -> Wait | None:
    """Count one attempt; names that do not exist are counted like any other."""
    return count_attempt(LOGIN_SENDER, request) or LOGIN_NAME.take(_normalised(name))


def forget_login_tries(name: str) -> None:
    LOGIN_NAME.give_back(_normalised(name))


def limit_second_factor(request: HttpRequest, account: Account) -> Wait | None:
    return count_attempt(SECOND_SENDER, request) or SECOND_ACCOUNT.take(str(account.pk))


def forget_code_tries(account: Account) -> None:
    SECOND_ACCOUNT.give_back(str(account.pk))


def _normalised(name: str) -> str:
    return name.strip().casefold()[:60]
