"""What happens when somebody leaves an organisation: sessions and memberships end."""

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
