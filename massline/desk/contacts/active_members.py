"""Accounts that may log in and are members of an organisation now."""

from typing import Any

from massline.desk.people.models import Account, Organisation


def active_members(organisation: Organisation) -> Any:
    live = {"memberships__organisation": organisation, "memberships__ended_on": None, "is_active": True}
    return Account.objects.filter(**live).order_by("name")
