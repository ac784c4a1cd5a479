"""Sealed columns: each is declared on its model, opens after a change of the lock, and is blanked when its time is over."""

from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from django.db import models
from django.utils import timezone
from nacl.exceptions import CryptoError
from time_machine import travel

from massline.core.expiry import blank_expired_columns, delete_expired_rows, rows_of_organisation
from massline.core.sealed_columns import Sealed, SealedBy, sealed_models
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events.models import Event
from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys import key_holders, key_rotation
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.retention.organisation_deletion import delete_organisation
from massline.desk.people.models import Account, Contact, Membership, Organisation
from tests.conftest import PASSPHRASE, unlocked
from tests.desk.decided_loop import plan_meeting

NEEDS = "A ramp, and a chair near the door"


@pytest.fixture
def event(riverside: Organisation, bea: Account) -> Event:
    return plan_meeting(riverside, bea)


def opened(organisation: Organisation, account: Account) -> Vault:
    key, private = key_holders.open_organisation_key(account, organisation, PASSPHRASE)
    assert key is not None
    assert private is not None
    return Vault(organisation.uuid, key.epoch, private)


@pytest.fixture
def rosa(riverside: Organisation, event: Event, amal: Account) -> Contact:
    """Somebody who comes to the meeting and said what they need there."""
    vault = opened(riverside, amal)
    contact = Contact(
        organisation=riverside, epoch=vault.epoch, source="signed_up", keep_until=event.starts_at.date()
    )
    contact.sealed_name = vault.close("Rosa", row=contact.uuid, column="name")
    contact.sealed_point = vault.close("rosa@post.example", row=contact.uuid, column="point")
    contact.blind_index = vault.index("rosa@post.example")
    contact.save()
    sealed = vault.close(NEEDS, row=contact.uuid, column="needs")
    Attendance.objects.create(event=event, contact=contact, presence=Presence.COMING, sealed_needs=sealed)
    return contact


def test_what_people_need_stays_readable_when_a_key_holder_leaves(
    riverside: Organisation, event: Event, rosa: Contact, amal: Account
) -> None:
    page = f"/riverside/act/{event.pk}/"
    assert NEEDS in unlocked(amal, riverside).get(page).content.decode()
    other = Membership.objects.get(account__name="second holder of riverside")
    key_rotation.remove_member(other, by=amal, vault=opened(riverside, amal))
    again = unlocked(amal, riverside).get(page).content.decode()
    assert "Rosa" in again
    assert NEEDS in again


def test_every_vault_column_opens_after_the_lock_was_changed_twice(
    riverside: Organisation, rosa: Contact, amal: Account
) -> None:
    vault = opened(riverside, amal)
    texts = {(model, column.column): texts_of(model, column, vault) for model, column in vault_columns()}
    assert {len(values) for values in texts.values()} == {1}, "Each vault column has a value in this story."
    fresh = key_rotation.rotate_key(
        riverside, vault=key_rotation.rotate_key(riverside, vault=vault, by=amal), by=amal
    )
    for model, column in vault_columns():
        assert texts_of(model, column, fresh) == texts[model, column.column]
        for row in model._base_manager.exclude(**{column.column: None}):
            with pytest.raises(CryptoError):
                vault.open_column(row, column.column)
    rosa.refresh_from_db()
    assert bytes(rosa.blind_index or b"") == fresh.index("rosa@post.example")


def vault_columns() -> list[tuple[type[models.Model], Sealed]]:
    return [(model, column) for model, columns in sealed_models("vault") for column in columns]


def texts_of(model: type[models.Model], column: Sealed, vault: Vault) -> list[str]:
    rows = model._base_manager.exclude(**{column.column: None})
    return [vault.open_column(row, column.column) for row in rows]


def test_what_an_earlier_change_of_the_lock_left_behind_is_taken_along(
    riverside: Organisation, rosa: Contact, amal: Account
) -> None:
    vault = opened(riverside, amal)
    left_behind = bytes(Attendance.objects.get().sealed_needs or b"")
    fresh = key_rotation.rotate_key(riverside, vault=vault, by=amal)
    Attendance.objects.update(sealed_needs=left_behind)
    again = key_rotation.rotate_key(riverside, vault=fresh, by=amal)
    assert again.open_column(Attendance.objects.get(), "sealed_needs") == NEEDS


def test_one_value_that_no_key_opens_does_not_keep_the_old_lock(
    riverside: Organisation, rosa: Contact, amal: Account
) -> None:
    Attendance.objects.update(sealed_needs=b"spoilt on the disk" * 4)
    fresh = key_rotation.rotate_key(riverside, vault=opened(riverside, amal), by=amal)
    rosa.refresh_from_db()
    assert fresh.open_column(rosa, "sealed_name") == "Rosa"
    line = AuditLine.objects.filter(organisation=riverside).latest("sequence")
    assert (line.verb, line.subject) == ("found values that no key opens", "1 values")


def test_what_people_need_is_blanked_the_day_after_and_the_rest_goes_with_the_contact(
    event: Event, rosa: Contact
) -> None:
    with travel(event.ends_at, tick=False):
        assert blank_expired_columns("desk") == 0
    with travel(event.ends_at + timedelta(days=1), tick=False):
        assert blank_expired_columns("desk") == 1
        assert blank_expired_columns("desk") == 0
    assert Attendance.objects.get().sealed_needs is None
    rosa.refresh_from_db()
    assert rosa.sealed_name
    with travel(timezone.now() + timedelta(days=60), tick=False):
        delete_expired_rows("desk")
    assert not Attendance.objects.exists()
    assert not Contact.objects.exists()


def test_a_burned_organisation_leaves_no_sealed_value_behind(
    riverside: Organisation, harbour: Organisation, rosa: Contact, data: Path
) -> None:
    delete_organisation(riverside)
    for model, columns in sealed_models(*get_args(SealedBy)):
        rows = rows_of_organisation(model, riverside.uuid)
        assert rows is None or not rows.exists(), (model, columns)
    assert harbour.keys.exists()
