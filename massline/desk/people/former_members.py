"""Effects of an ended membership on its account."""

from django.db import transaction

from massline.core.db.erasure import erase_after_commit
from massline.desk.people.models import Account, Membership
from massline.desk.people.sessions import DeskSession


def log_out_former_member(account: Account) -> None:
    """End all sessions of an account whose membership ended; deactivate it if that was the last one."""
    with transaction.atomic(using="desk"):
        DeskSession.objects.filter(account=account).delete()
        erase_after_commit("desk")
        if not Membership.objects.live().filter(account=account).exists():
            account.is_active = False
            account.save(update_fields=["is_active"])
