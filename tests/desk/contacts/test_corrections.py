"""“My number has changed”, and one person who is kept twice: both are set right on a page, and nothing is lost."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events.models import Event
from massline.desk.act.subscriptions.actions import end_subscriptions_of_envelopes
from massline.desk.act.subscriptions.models import Subscription
from massline.desk.guard.audit import chain
from massline.desk.guard.audit.models import AuditLine
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Contact, NextStep, Organisation
from massline.square.envelopes.event_capacity import count_sign_ups
from massline.square.envelopes.models import Envelope
from tests.conftest import DoorClient, at_desk
from tests.desk.act.mail_server import Post, worker_looks
from tests.desk.act.sign_up_crowd import say_yes
from tests.desk.decided_loop import plan_meeting
from tests.open_forms import open_form
from tests.parts import field_errors, shows

pytestmark = pytest.mark.usefixtures("couriers")


def kept(vault: Vault) -> set[tuple[str, str]]:
    return {
        (vault.open_column(contact, "sealed_name"), vault.open_column(contact, "sealed_point"))
        for contact in Contact.objects.all()
    }


def comes(nobody: DoorClient, door: DoorClient, event: Event, name: str, way: str) -> Contact:
    """Somebody who signed up, and whose sign-up was opened."""
    say_yes(nobody, event, name, way)
    door.post(f"/riverside/act/{event.pk}/collect/")
    return Contact.objects.latest("pk")


def test_a_number_that_has_changed_is_corrected_and_messages_follow_it(
    event: Event, nobody: DoorClient, door: DoorClient, vault: Vault, riverside: Organisation, post: Post
) -> None:
    rosa = comes(nobody, door, event, "Rosa", "rosa@post.example")
    address = f"/riverside/people/{rosa.pk}/correct/"
    form = open_form(door.get(address).content.decode(), "point")
    assert form["name"] == ["Rosa"]
    answer = door.post(address, form | {"point": ["rosa.luz@post.example"]}, follow=True)
    assert shows(answer, "contact-corrected")
    assert kept(vault) == {("Rosa", "rosa.luz@post.example")}
    worker_looks()
    assert [letter["To"] for letter in post.letters] == ["rosa.luz@post.example"]
    assert chain.first_broken_line(riverside) is None
    assert AuditLine.objects.filter(verb="corrected a contact").exists()


def test_who_says_no_is_kept_without_consent_and_can_say_yes_again(
    event: Event, nobody: DoorClient, door: DoorClient
) -> None:
    rosa = comes(nobody, door, event, "Rosa", "rosa@post.example")
    address = f"/riverside/people/{rosa.pk}/correct/"
    form = open_form(door.get(address).content.decode(), "point")
    door.post(address, {name: values for name, values in form.items() if name != "agrees"})
    assert Contact.objects.get().consent_on is None
    again = open_form(door.get(address).content.decode(), "point")
    assert "agrees" not in again
    door.post(address, again | {"agrees": ["on"]})
    assert Contact.objects.get().consent_on == timezone.localdate()


def test_two_who_correct_at_once_both_keep_what_they_changed(
    event: Event, nobody: DoorClient, door: DoorClient, vault: Vault
) -> None:
    rosa = comes(nobody, door, event, "Rosa", "rosa@post.example")
    address = f"/riverside/people/{rosa.pk}/correct/"
    first, second = (open_form(door.get(address).content.decode(), "point") for _ in range(2))
    door.post(address, first | {"name": ["Rosa Luz"]})
    assert shows(door.post(address, second | {"point": ["@rosaluz"]}, follow=True), "joined")
    assert kept(vault) == {("Rosa Luz", "@rosaluz")}
    refused = door.post(address, second | {"name": ["Rosalind"]})
    assert field_errors(refused, "name") == ["changed-meanwhile"]
    assert kept(vault) == {("Rosa Luz", "@rosaluz")}


def test_a_number_nobody_can_be_reached_by_is_asked_about(
    event: Event, nobody: DoorClient, door: DoorClient, vault: Vault
) -> None:
    rosa = comes(nobody, door, event, "Rosa", "rosa@post.example")
    address = f"/riverside/people/{rosa.pk}/correct/"
    form = open_form(door.get(address).content.decode(), "point")
    assert field_errors(door.post(address, form | {"point": ["rosa@"]}), "point") == ["unreachable"]
    assert kept(vault) == {("Rosa", "rosa@post.example")}


def test_who_turns_out_to_be_kept_twice_is_merged_and_counts_once_everywhere(
    event: Event, nobody: DoorClient, door: DoorClient, vault: Vault, amal: Account, bea: Account
) -> None:
    rosa = comes(nobody, door, event, "Rosa", "rosa@post.example")
    other = comes(nobody, door, event, "Rosa Luz", "030 23125001")
    later = plan_meeting(rosa.organisation, bea)
    Attendance.objects.create(event=later, contact=other, presence=Presence.CAME)
    NextStep.objects.create(
        contact=other, owner=amal, what="Bring one neighbour", due_on=event.ends_at.date()
    )
    assert count_sign_ups([event.uuid])[event.uuid].coming == 2
    page = door.get(f"/riverside/people/{rosa.pk}/merge/?name=rosa")
    assert shows(page, "may-be-the-same", "Rosa Luz")
    beside = door.get(f"/riverside/people/{rosa.pk}/merge/?with={other.pk}")
    assert shows(beside, "two-contacts", "Rosa", "rosa@post.example", "Rosa Luz")
    answer = door.post(f"/riverside/people/{rosa.pk}/merge/", {"other": other.pk}, follow=True)
    assert shows(answer, "contacts-merged")
    assert kept(vault) == {("Rosa", "rosa@post.example")}
    assert count_sign_ups([event.uuid])[event.uuid].coming == 1
    assert Envelope.objects.standing().count() == 2
    assert set(Attendance.objects.values_list("event", "contact")) == {
        (event.pk, rosa.pk),
        (later.pk, rosa.pk),
    }
    assert NextStep.objects.get().contact == rosa


def test_who_said_no_under_one_name_is_not_written_to_under_the_other(
    event: Event, nobody: DoorClient, door: DoorClient
) -> None:
    rosa = comes(nobody, door, event, "Rosa", "rosa@post.example")
    other = comes(nobody, door, event, "Rosa", "@rosaluz")
    Contact.objects.filter(pk=other.pk).update(
        consent_on=None, keep_until=timezone.localdate() + timedelta(days=300)
    )
    assert shows(door.get(f"/riverside/people/{rosa.pk}/merge/?with={other.pk}"), "one-said-no")
    door.post(f"/riverside/people/{rosa.pk}/merge/", {"other": other.pk})
    merged = Contact.objects.get()
    assert merged.consent_on is None
    assert merged.keep_until == timezone.localdate() + timedelta(days=300)


def test_what_either_wished_and_needs_is_kept_and_either_link_ends_the_wish(
    event: Event, nobody: DoorClient, door: DoorClient, vault: Vault
) -> None:
    rosa = comes(nobody, door, event, "Rosa", "rosa@post.example")
    other = comes(nobody, door, event, "Rosa Luz", "030 23125001")
    links: list[UUID] = []
    for contact, needs, kinds in ((rosa, "A ramp", {"calls": True}), (other, "Arabic", {"meetings": True})):
        attendance = contact.attendances.get()
        attendance.sealed_needs = vault.close_column(needs, attendance, "sealed_needs")
        attendance.save()
        assert attendance.envelope is not None
        links.append(attendance.envelope)
        Subscription.objects.create(contact=contact, envelope=attendance.envelope, **kinds)
    door.post(f"/riverside/people/{rosa.pk}/merge/", {"other": other.pk})
    (attendance,) = Contact.objects.get().attendances.all()
    assert vault.open_column(attendance, "sealed_needs").split("\n") == ["A ramp", "Arabic"]
    wish = Subscription.objects.get()
    assert (wish.calls, wish.meetings) == (True, True)
    end_subscriptions_of_envelopes(links[1], Envelope.objects.get(uuid=links[1]).same_as)
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("typed", ["030 2312", "0049 (0)30 23125001", "+4930 231-25001", "3125001"])
def test_somebody_is_found_by_number_in_whatever_way_it_is_written(
    event: Event, nobody: DoorClient, door: DoorClient, riverside: Organisation, typed: str
) -> None:
    rosa = comes(nobody, door, event, "Rosa", "rosa@post.example")
    other = comes(nobody, door, event, "Emre", "+49 30 23125001")
    found = door.post(f"/riverside/act/{event.pk}/door/find/", {"find": typed}).content.decode()
    assert "Emre" in found
    assert "Rosa" not in found
    assert shows(door.get(f"/riverside/people/{rosa.pk}/merge/", {"name": typed}), "may-be-the-same", "Emre")
    assert other != rosa


def test_correcting_into_somebody_who_is_kept_already_offers_to_merge(
    event: Event, nobody: DoorClient, door: DoorClient
) -> None:
    comes(nobody, door, event, "Rosa", "rosa@post.example")
    other = comes(nobody, door, event, "Rosa", "@rosaluz")
    address = f"/riverside/people/{other.pk}/correct/"
    form = open_form(door.get(address).content.decode(), "point")
    refused = door.post(address, form | {"point": ["Rosa@Post.example"]})
    assert shows(refused, "another-contact")
    assert shows(refused, "merge-instead")
    assert Contact.objects.count() == 2


def test_only_a_key_holder_with_names_unlocked_corrects_or_merges(
    event: Event, nobody: DoorClient, door: DoorClient, amal: Account, bea: Account
) -> None:
    rosa = comes(nobody, door, event, "Rosa", "rosa@post.example")
    other = comes(nobody, door, event, "Idris", "idris@post.example")
    for page in ("correct", "merge"):
        address = f"/riverside/people/{rosa.pk}/{page}/"
        assert at_desk(bea).post(address, {"other": other.pk}).status_code == 404
        locked = at_desk(amal).post(address, {"other": other.pk})
        assert locked.status_code == 302 if page == "merge" else shows(locked, "text-waits-unlock")
    assert Contact.objects.count() == 2
    assert shows(door.post(f"/riverside/people/{rosa.pk}/merge/", {}), "nobody-chosen")
