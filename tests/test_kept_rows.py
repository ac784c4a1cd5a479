"""What is put back is what was made, to the last byte, and nothing is put back where it does not belong."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connections, transaction
from django.utils import timezone

from massline.desk.people.models import Account, Organisation, Section
from tests import kept_rows
from tests.conftest import PASSPHRASE
from tests.kept_rows import DATABASES, made_once

calls: list[str] = []


def found() -> Organisation:
    """Add rows, and change one that is there."""
    calls.append("found")
    made = Organisation.objects.create(name="Harbour Tenants", slug="harbour")
    Section.objects.create(organisation=made, name="Quay House", headcount=64)
    Account.objects.filter(name="amal").update(name="amal of the harbour")
    return made


def everything_stored() -> list[str]:
    stored = []
    for database in DATABASES:
        with connections[database].cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in cursor.fetchall():
                cursor.execute(f'PRAGMA table_info("{table}")')
                columns = ", ".join(f'quote("{name}"), typeof("{name}")' for _, name, *_ in cursor.fetchall())
                cursor.execute(f'SELECT {columns} FROM "{table}"')
                stored += [f"{table} {row}" for row in cursor.fetchall()]
    return sorted(stored)


def stored_by(name: str, *, for_all_workers: bool = False) -> tuple[list[str], Organisation]:
    """Make it, look at every row, and undo it."""
    with transaction.atomic(using="square"), transaction.atomic(using="desk"):
        made = made_once(name, found, for_all_workers=for_all_workers)
        stored = everything_stored()
        for database in DATABASES:
            transaction.set_rollback(True, using=database)
    return stored, made


def test_what_is_put_back_is_what_was_made() -> None:
    Account.objects.create_user("amal", PASSPHRASE)
    calls.clear()
    (first, made), (again, copy) = stored_by("the same"), stored_by("the same")
    assert first == again
    assert (made.pk, made.slug) == (copy.pk, copy.slug)
    assert made is not copy
    assert calls == ["found"]


def test_it_is_made_again_where_the_story_or_the_clock_stands_elsewhere() -> None:
    Account.objects.create_user("amal", PASSPHRASE)
    calls.clear()
    stored_by("elsewhere")
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        stored_by("elsewhere")
    Account.objects.create_user("bea", PASSPHRASE)
    stored_by("elsewhere")
    assert len(calls) == 3


def test_what_one_worker_made_is_put_back_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    Account.objects.create_user("amal", PASSPHRASE)
    calls.clear()
    first, made = stored_by("for all", for_all_workers=True)
    monkeypatch.setattr(kept_rows, "_kept", {})
    again, copy = stored_by("for all", for_all_workers=True)
    assert first == again
    assert (made.pk, made.slug) == (copy.pk, copy.slug)
    assert calls == ["found"]
