"""“Delete me”: one act finds all that is held of somebody, shows it, deletes it, and says what stays."""

import pytest

from massline.desk.act.attendance import contact_erasure
from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events.models import Event
from massline.desk.guard.audit import chain
from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.retention.models import LegalHold
from massline.desk.people.models import Account, Contact, NextStep, Organisation
from massline.square.envelopes.event_capacity import count_sign_ups
from massline.square.envelopes.models import CourierCopy, Envelope
from tests.conftest import DoorClient, at_desk
from tests.desk.act.sign_up_crowd import say_yes
from tests.open_forms import open_form
from tests.parts import field_errors, shows

pytestmark = pytest.mark.usefixtures("couriers")


@pytest.fixture
def rosa(event: Event, nobody: DoorClient, door: DoorClient, amal: Account) -> Contact:
    """Rosa, who signed up, and has a next step."""
    say_yes(nobody, event, "Rosa", "rosa@post.example")
    door.post(f"/riverside/act/{event.pk}/collect/")
    contact = Contact.objects.get()
    NextStep.objects.create(
        contact=contact, owner=amal, what="Bring one neighbour", due_on=event.ends_at.date()
    )
    return contact


def test_everything_goes_at_the_desk_and_on_the_square_and_the_log_names_nobody(
    event: Event, rosa: Contact, nobody: DoorClient, door: DoorClient, riverside: Organisation
) -> None:
    link = say_yes(nobody, event, "Rosa", "Rosa@post.example")
    other = say_yes(nobody, event, "Idris", "idris@post.example")
    page = door.get(f"/riverside/people/{rosa.pk}/delete/")
    assert shows(page, "held-data")
    assert shows(page, "what-stays")
    assert "Rosa" in page.content.decode()
    answer = door.post(f"/riverside/people/{rosa.pk}/delete/", follow=True)
    assert shows(answer, "person-erased")
    assert "Rosa" not in answer.content.decode()
    assert not NextStep.objects.exists()
    assert Contact.objects.count() == Attendance.objects.count() == Envelope.objects.count() == 1
    assert CourierCopy.objects.count() == 1
    assert nobody.get(f"/manage/{link}/").status_code == 404
    assert nobody.get(f"/manage/{other}/").status_code == 200
    assert count_sign_ups([event.uuid])[event.uuid].coming == 1
    assert chain.first_broken_line(riverside) is None
    line = AuditLine.objects.filter(organisation=riverside, verb__startswith="deleted somebody").get()
    assert str(rosa.uuid) not in line.subject


def test_an_erasure_that_was_interrupted_can_be_asked_for_again(
    rosa: Contact, door: DoorClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The contact went first, and nobody could find the sign-ups that were left."""

    class Killed(BaseException):
        pass

    def die(envelope: Envelope) -> None:
        raise Killed

    address = f"/riverside/people/{rosa.pk}/delete/"
    with monkeypatch.context() as patch:
        patch.setattr(contact_erasure, "erase_envelope", die)
        with pytest.raises(Killed):
            door.post(address)
    assert shows(door.post(address, follow=True), "person-erased")
    assert not Contact.objects.exists()
    assert not Envelope.objects.exists()


def test_only_a_key_holder_with_names_unlocked_deletes(
    rosa: Contact, riverside: Organisation, amal: Account, bea: Account
) -> None:
    address = f"/riverside/people/{rosa.pk}/delete/"
    assert at_desk(bea).post(address).status_code == 404
    assert at_desk(amal).post(address).status_code == 302
    assert Contact.objects.exists()


def test_a_legal_hold_keeps_them(
    rosa: Contact, riverside: Organisation, amal: Account, door: DoorClient
) -> None:
    LegalHold.objects.create(organisation=riverside, reason="A court asks", set_by=amal, seconded_by=amal)
    assert shows(door.post(f"/riverside/people/{rosa.pk}/delete/", follow=True), "held-by-law")
    assert Contact.objects.exists()


def test_two_who_choose_a_buddy_at_once_see_each_others_choice(
    rosa: Contact, riverside: Organisation, amal: Account, bea: Account, chen: Account, door: DoorClient
) -> None:
    address = f"/riverside/people/{rosa.pk}/"
    opened = open_form(door.get(address).content.decode(), "buddy")
    again = dict(opened)
    door.post(f"{address}welcome/", opened | {"buddy": [str(bea.pk)]})
    answer = door.post(f"{address}welcome/", again | {"buddy": [str(chen.pk)]})
    assert field_errors(answer, "buddy") == ["changed-meanwhile"]
    assert Contact.objects.get().buddy == bea
    door.post(f"{address}welcome/", again | {"buddy": [""]})
    assert Contact.objects.get().buddy == bea
