"""Burning a compartment: its keys first, then every row, at the desk and on the square.

Without the seals nothing that was encrypted opens any more, in whatever copy. What backups still hold is said
before anybody confirms: the rest of the data as it was, and, in a key bag that is not deleted, the seals.
"""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError

from massline.core.expiry import belonging_to, declared
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import courier
from massline.desk.guard.keys.models import OrganisationKey
from massline.desk.people import scope
from massline.desk.people.models import Account, Organisation
from massline.jobs.models import enqueue
from massline.square.envelopes.models import CourierKey


def burn(organisation: Organisation) -> None:
    """Destroy everything of one organisation. The installation's chain keeps that it was done, not to whom."""
    with scope.everything("burning a compartment"):
        names = [key.uuid.hex for key in CourierKey.objects.filter(organisation__uuid=organisation.uuid)]
        with transaction.atomic(using="desk"), transaction.atomic(using="square"):
            OrganisationKey.objects.filter(organisation=organisation).delete()
            members = list(organisation.memberships.values_list("account_id", flat=True))
            _delete_all(declared(), organisation)
            _forget_accounts(members)
            chain.write(None, None, "burned a compartment", "two key-holders")
            for database in ("square", "desk"):
                enqueue("guard.scrub", using=database, key="scrub", database=database)
            transaction.on_commit(lambda: _destroy_files(names), using="desk")


def _delete_all(kinds: Iterable[type[models.Model]], organisation: Organisation) -> None:
    """Delete the rows of every kind, those that protect others first."""
    waiting = list(kinds)
    while waiting:
        left = []
        for model in waiting:
            rows = belonging_to(model, organisation.uuid)
            try:
                if rows is not None:
                    rows.delete()
            except (ProtectedError, RestrictedError):
                left.append(model)
        if len(left) == len(waiting):
            raise RuntimeError(f"These rows hold each other: {', '.join(one.__name__ for one in left)}.")
        waiting = left


def _forget_accounts(members: list[int]) -> None:
    """Whoever was in this organisation alone has no way in any more; nor does their name stay."""
    for account in Account.objects.filter(pk__in=members, memberships=None):
        try:
            with transaction.atomic(using="desk"):
                account.delete()
        except (ProtectedError, RestrictedError):
            continue  # another organisation's row names them: they stay there


def _destroy_files(names: list[str]) -> None:
    """Courier keys, and the key bags that lie on this machine: a fresh one is made with the next backup."""
    for name in names:
        courier.destroy(courier.folder() / name)
    for bag in key_bags():
        courier.destroy(bag)


def key_bags() -> list[Path]:
    """The key bags of the backups that the worker makes; others only people can delete."""
    folder = settings.BACKUP_FOLDER
    return sorted(Path(folder).glob("massline-*.keys.age")) if folder else []
