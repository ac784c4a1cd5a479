"""How often somebody may try to come in: counted by sender, and by the name or account that is tried."""

from django.http import HttpRequest

from massline.desk.people.models import Account
from massline.web.rate_limits import Limiter, Wait, take_for

# One sender may try several names; one name may be tried from many places.
LOGIN_SENDER = Limiter("log in, by sender", per=20, seconds=600)
LOGIN_NAME = Limiter("log in, by name", per=8, seconds=900)
# Five codes at once, then one in five minutes: about 300 a day of a million, three of which are right.
SECOND_SENDER = Limiter("second factor, by sender", per=20, seconds=600)
SECOND_ACCOUNT = Limiter("second factor, by account", per=5, seconds=1500)
PASSKEY_SENDER = Limiter("passkey, by sender", per=40, seconds=600)
INVITATION_SENDER = Limiter("invitation, by sender", per=30, seconds=600)
AGAIN_ACCOUNT = Limiter("passphrase again, by account", per=8, seconds=900)


def wait_to_log_in(request: HttpRequest, name: str) -> Wait | None:
    """Count one try. A name that nobody has is counted like any other."""
    return take_for(LOGIN_SENDER, request) or LOGIN_NAME.take(_one(name))


def right_name(name: str) -> None:
    LOGIN_NAME.give_back(_one(name))


def wait_for_second(request: HttpRequest, account: Account) -> Wait | None:
    return take_for(SECOND_SENDER, request) or SECOND_ACCOUNT.take(str(account.pk))


def right_second(account: Account) -> None:
    SECOND_ACCOUNT.give_back(str(account.pk))


def _one(name: str) -> str:
    return name.strip().casefold()[:60]
