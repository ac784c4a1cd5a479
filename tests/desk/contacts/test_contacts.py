"""Sections and contacts: whom we organise as a whole, and who gave us a way to reach them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from massline.desk.act.events.models import Event
from massline.desk.contacts import next_steps as act
from massline.desk.guard.audit import chain
from massline.desk.guard.audit.models import AuditLine
from massline.desk.people.models import Account, Contact, NextStep, Organisation, Section
from massline.desk.people.section_actions import add_section
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.decided_loop import plan_meeting, say_yes
from tests.parts import shows


@pytest.fixture
def door(riverside: Organisation, amal: Account) -> DoorClient:
    """Amal with an open vault and three contacts in it."""
    event = plan_meeting(riverside, amal)
    for name in ("Ana 🌻", "أميرة", "Marek"):
        say_yes(riverside, event.uuid, name, f"{name.split()[0]}@example.org")
    client = unlocked(amal, riverside)
    client.post(f"/riverside/act/{Event.objects.get().pk}/collect/")
    return client


def test_bea_names_a_section_and_corrects_its_headcount(riverside: Organisation, bea: Account) -> None:
    door = at_desk(bea)
    assert (
        door.post("/riverside/people/sections/add/", {"name": "حي الميناء", "headcount": "210"}).status_code
        == 302
    )
    section = Section.objects.get(name="حي الميناء")
    door.post(f"/riverside/people/sections/{section.pk}/", {"name": "حي الميناء", "headcount": "214"})
    section.refresh_from_db()
    assert section.headcount == 214
    shown = door.get("/riverside/people/").content.decode()
    assert "حي الميناء" in shown
    assert "214" in shown


def test_what_is_done_to_sections_stands_in_the_audit_chain(riverside: Organisation, bea: Account) -> None:
    section = add_section(organisation=riverside, name="Block D", headcount=90, by=bea)
    line = AuditLine.objects.latest("sequence")
    assert (line.account, line.verb, line.subject) == (bea, "named a section", f"Section {section.pk}")
    assert chain.first_broken_line(riverside) is None


def test_a_section_named_twice_is_one_and_two_cannot_share_a_name(
    riverside: Organisation, bea: Account
) -> None:
    add_section(organisation=riverside, name=" Block A ", headcount=130, by=bea)
    block = Section.objects.get(name="Block A")
    assert block.headcount == 130
    form = {"name": "Block C", "headcount": "130"}
    refused = at_desk(bea).post(f"/riverside/people/sections/{block.pk}/", form)
    assert shows(refused.content.decode(), "taken")
    assert Section.objects.filter(name="Block A").exists()


def test_a_section_of_nobody_is_refused(riverside: Organisation, bea: Account) -> None:
    refused = at_desk(bea).post("/riverside/people/sections/add/", {"name": "Block Z", "headcount": "0"})
    assert refused.status_code == 200
    assert not Section.objects.filter(name="Block Z").exists()


def test_chen_sees_sections_but_changes_none_and_dina_sees_nothing(
    riverside: Organisation, chen: Account, dina: Account, harbour: Organisation
) -> None:
    section = Section.objects.first()
    assert section is not None
    door, stranger = at_desk(chen), at_desk(dina)
    assert "Block A" in door.get("/riverside/people/").content.decode()
    assert door.get("/riverside/people/sections/add/").status_code == 404
    missing = stranger.get("/harbour/people/sections/999/")
    for path in ("/riverside/people/", f"/harbour/people/sections/{section.pk}/"):
        hidden = stranger.get(path)
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content


def test_who_has_no_next_step_stands_first_then_who_is_overdue(door: DoorClient, bea: Account) -> None:
    ana, amira, marek = Contact.objects.order_by("pk")
    today = timezone.localdate()
    act.agree_next_step(contact=ana, what="Take cards", due_on=today + timedelta(days=3), owner=bea, by=bea)
    late = act.agree_next_step(
        contact=amira, what="Call", due_on=today + timedelta(days=1), owner=bea, by=bea
    )
    NextStep.objects.filter(pk=late.pk).update(due_on=today - timedelta(days=1))
    assert list(Contact.objects.all().by_need()) == [marek, amira, ana]
    shown = door.get("/riverside/people/").content.decode()
    assert shows(shown, "people-without-next-step", 1)
    assert shows(shown, "overdue-next-steps", 1)
    assert shown.index("Marek") < shown.index("أميرة") < shown.index("Ana 🌻")
    assert "with bea" in shown


def test_who_wants_none_stands_last_and_is_not_called_lost(door: DoorClient, bea: Account) -> None:
    ana, *others = Contact.objects.order_by("pk")
    act.agree_next_step(contact=ana, what="None wanted", due_on=None, owner=bea, by=bea)
    assert list(Contact.objects.all().by_need()) == [*others, ana]
    assert shows(door.get("/riverside/people/").content.decode(), "people-without-next-step", 2)


def test_organisers_without_a_key_see_steps_and_counts_but_no_name(door: DoorClient, bea: Account) -> None:
    ana = Contact.objects.earliest("pk")
    act.agree_next_step(contact=ana, what="Take ten cards", due_on=timezone.localdate(), owner=bea, by=bea)
    shown = at_desk(bea).get("/riverside/people/").content.decode()
    assert "Take ten cards" in shown
    assert shows(shown, "people-without-next-step", 2)
    for secret in ("Ana", "أميرة", "Marek", "example.org"):
        assert secret not in shown


def test_locked_contacts_are_numbers_and_no_rows_and_one_act_unlocks_them(
    riverside: Organisation, door: DoorClient, amal: Account, bea: Account
) -> None:
    ana, amira, _marek = Contact.objects.order_by("pk")
    today = timezone.localdate()
    act.agree_next_step(contact=ana, what="Call", due_on=today + timedelta(days=2), owner=bea, by=bea)
    act.agree_next_step(contact=amira, what="None wanted", due_on=None, owner=bea, by=bea)
    locked = at_desk(amal).get("/riverside/people/")
    for name, n in (("without", 1), ("overdue", 0), ("soon", 1), ("later", 0), ("none-wanted", 1)):
        assert shows(locked, f"count-{name}", n), name
    text = locked.content.decode()
    assert text.count("btn main") == 1
    assert shows(locked, "unlock-names")
    assert 'class="door"' not in text
    opened = door.get("/riverside/people/")
    assert not shows(opened, "names-locked")
    assert "Marek" in opened.content.decode()
    assert not shows(at_desk(bea).get("/riverside/people/"), "unlock-names")
