"""PLACEHOLDER from massline.desk.guard.accounts.actions: What organisers do with their own ways in. Each deed is written down where the account is a member."""

from django.db import transaction

from massline.desk.people.models import Account, Membership
from massline.desk.people.sessions import DeskSession


def after_leaving(account: Account) -> None:
    """Log somebody out whose membership has ended; without any other, the account is closed as well."""
    with transaction.atomic(using="desk"):
        DeskSession.objects.filter(account=account).delete()
        if not Membership.objects.live().filter(account=account).exists():
            account.is_active = False
            account.save(update_fields=["is_active"])
