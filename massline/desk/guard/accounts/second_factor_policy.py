"""Accounts that need a second factor, and the days they have to add it."""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate

from massline.desk.people.choices import SecondFactorRule
from massline.desk.people.models import Account, Membership, Organisation


def has_factor(account: Account) -> bool:
    """True if the account has a passkey or an app; recovery codes alone do not count."""
    return account.passkeys.exists() or hasattr(account, "code_app")


def is_required(account: Account) -> bool:
    """True if the installation or one of the account's organisations requires a second factor of its role."""
    default = SecondFactorRule[settings.SECOND_FACTOR.upper()]
    roles = (
        Membership.objects.live().filter(account=account).values_list("role", "organisation__second_factor")
    )
    return any(default.applies_to(role) or SecondFactorRule(own).applies_to(role) for role, own in roles)


def accounts_without_factor(organisation: Organisation) -> set[int]:
    """Keys of an organisation's accounts that log in by passphrase alone."""
    live = Membership.objects.live().filter(organisation=organisation)
    bare = live.filter(account__passkeys=None, account__code_app=None)
    return set(bare.values_list("account_id", flat=True))


def days_left(account: Account) -> int | None:
    """Days until the account must add a second factor; None if none is missing.

    Counted from the day on which it was first required.
    """
    if has_factor(account) or not is_required(account):
        return None
    asked_on = account.asked_on or localdate()
    until = asked_on + timedelta(days=int(settings.SECOND_FACTOR_DAYS))
    return max(0, (until - localdate()).days)


def start_deadline(account: Account) -> bool:
    """Start the account's deadline if it needs a second factor; return whether it has passed."""
    left = days_left(account)
    if left is not None and account.asked_on is None:
        account.asked_on = localdate()
        account.save(update_fields=["asked_on"])
    return left == 0
