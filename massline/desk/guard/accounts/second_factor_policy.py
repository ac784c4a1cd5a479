"""Of whom a second factor is asked, and how long they may take: gently at first, then before anything else."""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate

from massline.desk.people.models import Account, Membership, Organisation
from massline.desk.people.states import SecondFactorRule


def has_factor(account: Account) -> bool:
    """A passkey or an app. Codes on paper alone are the way back, not a factor of every day."""
    return account.passkeys.exists() or hasattr(account, "code_app")


def is_asked(account: Account) -> bool:
    """Does the installation, or an organisation they are in, ask it of their role?"""
    house = SecondFactorRule[settings.SECOND_FACTOR.upper()]
    roles = (
        Membership.objects.live().filter(account=account).values_list("role", "organisation__second_factor")
    )
    return any(house.applies_to(role) or SecondFactorRule(own).applies_to(role) for role, own in roles)


def without_factor(organisation: Organisation) -> set[int]:
    """The accounts of an organisation that come in by passphrase alone."""
    live = Membership.objects.live().filter(organisation=organisation)
    bare = live.filter(account__passkeys=None, account__code_app=None)
    return set(bare.values_list("account_id", flat=True))


def days_left(account: Account) -> int | None:
    """Days until nothing else can be done before a second factor is added; None where none is missing.

    They are counted from the first time it was asked for.
    """
    if has_factor(account) or not is_asked(account):
        return None
    asked_on = account.asked_on or localdate()
    until = asked_on + timedelta(days=int(settings.SECOND_FACTOR_DAYS))
    return max(0, (until - localdate()).days)


def begin(account: Account) -> bool:
    """Ask from today on, if it is to be asked; say whether it cannot wait any longer."""
    left = days_left(account)
    if left is not None and account.asked_on is None:
        account.asked_on = localdate()
        account.save(update_fields=["asked_on"])
    return left == 0
