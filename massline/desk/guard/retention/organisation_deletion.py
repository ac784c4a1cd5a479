"""Deletion of an organisation: its keys first, then every row, at the desk and on the square.

Without the seals nothing that was encrypted can be decrypted in any copy. Backups still hold the other data and,
in a key bag that is not deleted, the seals; the page says so before anybody confirms.
"""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError

from massline.core.db.erasure import erase_after_commit
from massline.core.expiry import declared_lifetimes, rows_of_organisation
from massline.desk.guard.audit import chain
from massline.desk.guard.keys import courier_keys
from massline.desk.guard.keys.models import OrganisationKey
from massline.desk.people import scope
from massline.desk.people.models import Account, Organisation
from massline.jobs.models import enqueue
from massline.square.envelopes.models import CourierKey


def delete_organisation(organisation: Organisation) -> None:
    """Delete everything of one organisation. The installation's audit chain records the act without its name."""
    with scope.scope_to_everything("burning a compartment"):
        names = [key.uuid.hex for key in CourierKey.objects.filter(organisation__uuid=organisation.uuid)]
        with transaction.atomic(using="desk"), transaction.atomic(using="square"):
            OrganisationKey.objects.filter(organisation=organisation).delete()
            members = list(organisation.memberships.values_list("account_id", flat=True))
            _delete_all(declared_lifetimes(), organisation)
            _forget_accounts(members)
            chain.append_line(None, None, "burned a compartment", "two key-holders")
            for database in ("square", "desk"):
                erase_after_commit(database)
                enqueue("guard.scrub", using=database, key="scrub", database=database)
            transaction.on_commit(lambda: _destroy_files(names), using="desk")


def _delete_all(kinds: Iterable[type[models.Model]], organisation: Organisation) -> None:
    """Delete the organisation's rows of all models, retrying those that others protect."""
    waiting = list(kinds)
    while waiting:
        left = []
        for model in waiting:
            rows = rows_of_organisation(model, organisation.uuid)
            try:
                if rows is not None:
                    rows.delete()
            except (ProtectedError, RestrictedError):
                left.append(model)
        if len(left) == len(waiting):
            raise RuntimeError(f"These rows hold each other: {', '.join(model.__name__ for model in left)}.")
        waiting = left


def _forget_accounts(members: list[int]) -> None:
    """Delete the accounts that belonged to this organisation alone."""
    for account in Account.objects.filter(pk__in=members, memberships=None):
        try:
            with transaction.atomic(using="desk"):
                account.delete()
        except (ProtectedError, RestrictedError):
            continue  # a row of another organisation refers to the account


def _destroy_files(names: list[str]) -> None:
    """Destroy courier keys and local key bags; the next backup makes a new key bag."""
    for name in names:
        courier_keys.destroy_file(courier_keys.key_folder() / name)
    for bag in find_key_bags():
        courier_keys.destroy_file(bag)


def find_key_bags() -> list[Path]:
    """Key bags in the worker's backup folder; copies elsewhere must be deleted by people."""
    folder = settings.BACKUP_FOLDER
    return sorted(Path(folder).glob("massline-*.keys.age")) if folder else []
