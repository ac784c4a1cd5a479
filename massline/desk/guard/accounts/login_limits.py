"""Rate limits for logging in, by sender and by the name or account that is tried."""

from django.http import HttpRequest

from massline.desk.guard.accounts.known_devices import find_known_device
from massline.desk.people.models import Account
from massline.web.rate_limits import Limiter, RetryAfter, count_attempt

# One sender may try several names; one name may be tried from many places.
LOGIN_SENDER = Limiter("log in, by sender", per=20, seconds=600)
LOGIN_NAME = Limiter("log in, by name", per=8, seconds=900)
# Whoever logged in with this browser before has tries of their own, which no stranger can use up.
LOGIN_DEVICE = Limiter("log in, by known device", per=8, seconds=900)
# Five codes at once, then one in five minutes: about 300 a day of a million, three of which are right.
SECOND_SENDER = Limiter("second factor, by sender", per=20, seconds=600)
SECOND_ACCOUNT = Limiter("second factor, by account", per=5, seconds=1500)
PASSKEY_SENDER = Limiter("passkey, by sender", per=40, seconds=600)
# A form that waits is written into each page of the login, before anybody has shown who they are.
WAITING_SENDER = Limiter("form that waits for a login, by sender", per=40, seconds=600)
INVITATION_SENDER = Limiter("invitation, by sender", per=30, seconds=600)

# A code read aloud has six digits and is good for ten minutes.
VOUCH_ACCOUNT = Limiter("code read aloud, by account", per=5, seconds=1500)
VOUCH_MEMBER = Limiter("code read aloud, by member", per=5, seconds=1500)


def limit_vouch(account: Account, member: int) -> RetryAfter | None:
    return VOUCH_ACCOUNT.take(str(account.pk)) or VOUCH_MEMBER.take(str(member))


def forget_vouch_tries(account: Account, member: int) -> None:
    VOUCH_ACCOUNT.give_back(str(account.pk))
    VOUCH_MEMBER.give_back(str(member))


def limit_login(request: HttpRequest, name: str) -> RetryAfter | None:
    """Count one attempt; names that do not exist are counted like any other."""
    if device := find_known_device(request, name):
        return LOGIN_DEVICE.take(device)
    return count_attempt(LOGIN_SENDER, request) or LOGIN_NAME.take(_normalised(name))


def forget_login_tries(request: HttpRequest, name: str) -> None:
    if device := find_known_device(request, name):
        LOGIN_DEVICE.give_back(device)
    else:
        LOGIN_NAME.give_back(_normalised(name))


def limit_second_factor(request: HttpRequest, account: Account) -> RetryAfter | None:
    return count_attempt(SECOND_SENDER, request) or SECOND_ACCOUNT.take(str(account.pk))


def forget_code_tries(account: Account) -> None:
    SECOND_ACCOUNT.give_back(str(account.pk))


def _normalised(name: str) -> str:
    return name.strip().casefold()[:60]
