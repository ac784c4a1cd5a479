"""The drill says what a seized disk gives away, without showing it, and finds what should not be there."""

from pathlib import Path
from typing import Any, get_args

import pytest
from django.apps import apps
from django.db import connections

from massline.core.sealed_columns import SealedBy, sealed_models
from massline.desk.guard.accounts import invitations
from massline.desk.guard.seizure_audit import (
    FRAMEWORK,
    audit_tables,
    holds_contact_details,
    is_readable_value,
    table_contents,
)
from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Contact, NextStep, Organisation
from massline.jobs.models import Job
from tests.conftest import PASSPHRASE, DoorClient
from tests.ops.command import massline, troubled
from tests.parts import shows


@pytest.fixture
def zdenka(riverside: Organisation, amal: Account) -> Contact:
    """A contact of Riverside, kept as the desk keeps contacts."""
    from massline.desk.contacts.sign_up_contacts import SignUp, build_contact
    from massline.desk.guard.keys import key_holders
    from massline.desk.guard.keys.vault import Vault
    from massline.desk.people.choices import ContactSource

    key, private = key_holders.open_organisation_key(amal, riverside, PASSPHRASE)
    assert key is not None
    assert private is not None
    vault = Vault(riverside.uuid, key.epoch, private)
    person = SignUp("Zdenka Wurzelbaum", "zdenka@post.example", "en")
    contact = build_contact(riverside, vault, person, source=ContactSource.AT_EVENT, keep_until=key.made_on)
    contact.save()
    NextStep.objects.create(contact=contact, owner=amal, what="Bring one neighbour by 12.01.2027")
    return contact


def test_every_table_is_declared_and_read_from_its_model() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert [one for one in tables if table_contents(one)[0] == "not declared"] == []
    assert FRAMEWORK.keys() - tables == {"django_migrations"}
    assert table_contents("reports_reportback")[0] == "public"
    assert table_contents("decide_demand_claims") == ("inside", "numbers of two tables, in pairs")
    assert table_contents("act_attendance") == (
        "sealed",
        "A contact's sign-up for an event and presence at it, dated by day (sealed: sealed_needs)",
    )


@pytest.mark.parametrize("said", ["sealed_name", "sealed_point", "blind_index", "sealed_needs", "challenge"])
def test_a_sealed_column_is_looked_at_because_its_model_declares_it(said: str) -> None:
    columns = [column for _model, declared in sealed_models(*get_args(SealedBy)) for column in declared]
    assert said in {column.column for column in columns}


def test_a_house_in_order_gives_nobody_away(zdenka: Contact) -> None:
    said = massline("drill", "seizure").output
    assert "sealed           1 people_contact" in said
    assert "Ways to reach somebody that can be read: none" in said
    assert "Zdenka" not in said
    assert not shows(said, "bring-someone")


@pytest.mark.parametrize(
    "leak", ["zdenka@post.example", "call +49 1571 5550143", "from 203.0.113.77", "2001:db8:77::42"]
)
def test_a_way_to_reach_somebody_is_found_wherever_it_is_and_never_shown(zdenka: Contact, leak: str) -> None:
    NextStep.objects.update(what=leak)
    Job.objects.using("desk").create(name="remind", payload={"to": [{"whom": leak}]})
    Contact.objects.update(sealed_name=leak.encode())
    said = troubled("drill", "seizure")
    for place in (
        "people_nextstep.what: 1 rows",
        "jobs_job.payload: 1 rows",
        "people_contact.sealed_name: 1 rows",
    ):
        assert f"!  {place}" in said
    assert leak not in said


def test_a_name_in_the_open_where_it_should_be_sealed_is_found(zdenka: Contact) -> None:
    Contact.objects.update(sealed_name=b"Zdenka Wurzelbaum, Block A")
    assert "!  people_contact.sealed_name: 1 rows" in troubled("drill", "seizure")


def test_a_table_nobody_declared_is_found() -> None:
    with connections["desk"].cursor() as cursor:
        cursor.execute("CREATE TABLE members_list (name text)")
        cursor.execute("INSERT INTO members_list VALUES ('Zdenka')")
    assert [one.table for one in audit_tables("desk") if one.kind == "not declared"] == ["members_list"]
    assert "!  members_list: no model declares what this is" in troubled("drill", "seizure")


def test_days_numbers_and_digests_reach_nobody() -> None:
    for harmless in (
        "2026-11-21",
        "21.11.2026 at 18:30",
        "0.123456789",
        "Event 12",
        "a1" * 32,
        "Block B: 190 of 210",
        7,
    ):
        assert not holds_contact_details(harmless), harmless
    assert not is_readable_value(None)
    assert is_readable_value(b"short")


def test_a_way_in_that_lies_in_a_file_is_found_until_it_was_used(
    riverside: Organisation, tmp_path: Path, settings: Any
) -> None:
    settings.DATA = tmp_path
    secret = invitations.invite_member(organisation=None, role=Role.HOLDER, by=None)
    (tmp_path / "demo.way-in").write_text(secret)
    said = troubled("drill", "seizure")
    assert "!  demo.way-in opens" in said
    assert secret not in said
    form = {"name": "eli", "passphrase": PASSPHRASE, "again": PASSPHRASE}
    assert DoorClient("desk").post(f"/come-in/{secret}/", form).status_code == 302
    massline("drill", "seizure")
