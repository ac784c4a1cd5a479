"""Who came without signing up gets a link on paper: with it they change or delete what is kept of them."""

import re

import pytest

from massline.desk.act.attendance import paper_links
from massline.desk.act.attendance.turnout import count_turnout
from massline.desk.act.events.models import Event
from massline.desk.guard.keys import key_holders
from massline.desk.guard.keys.vault import Vault
from massline.desk.guard.retention.models import LegalHold
from massline.desk.people.models import Account, Contact, Organisation
from massline.desk.people.signals import contact_point_changed
from massline.square.envelopes.actions import change_envelope
from massline.square.envelopes.event_capacity import count_sign_ups
from massline.square.envelopes.models import CourierCopy, Envelope
from tests.conftest import PASSPHRASE, DoorClient, at_desk, unlocked
from tests.desk.act.sign_up_crowd import say_yes
from tests.desk.conftest import LogsCut
from tests.desk.decided_loop import plan_meeting
from tests.open_forms import open_form
from tests.parts import part, shows

pytestmark = pytest.mark.usefixtures("couriers")


@pytest.fixture
def door(riverside: Organisation, amal: Account) -> DoorClient:
    return unlocked(amal, riverside)


@pytest.fixture
def wanda(event: Event, door: DoorClient) -> Contact:
    """Somebody who came without signing up."""
    form = {"name": "Wanda", "point": "wanda@post.example", "consent": "on"}
    page = door.post(f"/riverside/act/{event.pk}/door/", form, follow=True)
    assert shows(page, "link-on-paper")
    return Contact.objects.get()


def link_of(door: DoorClient, contact: Contact) -> str:
    """The path of the link that the slip shows, as somebody types it."""
    address = f"/riverside/people/{contact.pk}/link/"
    assert shows(door.get(address), "make-link")
    found = re.search(r"/manage/[a-z2-7]+/", part(door.post(address), "paper-link"))
    assert found is not None
    return found[0]


def collect(door: DoorClient, event: Event) -> None:
    door.post(f"/riverside/act/{event.pk}/collect/")


def test_by_the_link_a_walk_in_changes_their_number_and_no_count_moves(
    event: Event, wanda: Contact, door: DoorClient, nobody: DoorClient, riverside: Organisation, amal: Account
) -> None:
    link = link_of(door, wanda)
    before = count_turnout([event])[event.pk]
    form = open_form(nobody.get(link).content.decode(), "contact")
    answer = nobody.post(link, form | {"name": ["Wanda"], "contact": ["0177 5550133"]}, follow=True)
    assert shows(answer, "waits-for-key-holder")
    collect(door, event)
    key, private = key_holders.open_organisation_key(amal, riverside, PASSPHRASE)
    assert key is not None
    assert private is not None
    vault = Vault(riverside.uuid, key.epoch, private)
    assert vault.open_column(Contact.objects.get(), "sealed_point") == "+491775550133"
    assert count_turnout([event])[event.pk] == before
    assert (before.unannounced, before.said_yes) == (1, 0)
    assert count_sign_ups([event.uuid])[event.uuid].coming == 0
    assert not CourierCopy.objects.exists()
    assert Envelope.objects.get().sealed is None


def test_by_the_link_a_walk_in_is_deleted(
    event: Event, wanda: Contact, door: DoorClient, nobody: DoorClient
) -> None:
    link = link_of(door, wanda)
    assert shows(nobody.post(f"{link}cancel/", follow=True), "off-the-list")
    collect(door, event)
    assert not Contact.objects.exists()


def test_who_came_another_time_too_is_deleted_with_all_that_is_held_of_them(
    event: Event, wanda: Contact, door: DoorClient, nobody: DoorClient, bea: Account
) -> None:
    """The slip says that the link deletes what is kept; whoever came twice was kept all the same."""
    other = plan_meeting(event.organisation, bea)
    link = link_of(door, wanda)
    say_yes(nobody, other, "Wanda", "wanda@post.example")
    collect(door, other)
    assert Contact.objects.get().attendances.count() == 2
    nobody.post(f"{link}cancel/")
    collect(door, event)
    assert not Contact.objects.exists()
    assert not Envelope.objects.filter(on_paper=False).exists()


def test_a_sign_up_that_nobody_has_opened_goes_with_whoever_is_deleted_by_their_link(
    event: Event, wanda: Contact, door: DoorClient, nobody: DoorClient, bea: Account
) -> None:
    """It came in afterwards, as somebody new."""
    other = plan_meeting(event.organisation, bea)
    link = link_of(door, wanda)
    say_yes(nobody, other, "Wanda", "wanda@post.example")
    say_yes(nobody, other, "Ines", "ines@post.example")
    nobody.post(f"{link}cancel/")
    collect(door, event)
    assert [contact.attendances.get().event for contact in Contact.objects.all()] == [other]
    assert Envelope.objects.filter(on_paper=False).count() == 1
    assert count_sign_ups([other.uuid])[other.uuid].coming == count_turnout([other])[other.pk].said_yes == 1


def test_who_is_deleted_by_their_link_is_not_made_anew_by_a_change_that_was_read_before(
    event: Event, wanda: Contact, door: DoorClient, nobody: DoorClient, bea: Account
) -> None:
    """Sign-ups are read many at a time: the one erased with its person was opened from memory all the same."""
    other = plan_meeting(event.organisation, bea)
    link = link_of(door, wanda)
    say_yes(nobody, other, "Wanda", "wanda@post.example")
    collect(door, other)
    change_envelope(
        Envelope.objects.get(on_paper=False), contents={"name": "Wanda", "contact": "wanda@post.example"}
    )
    nobody.post(f"{link}cancel/")
    collect(door, event)
    assert not Contact.objects.exists()
    assert not Envelope.objects.filter(on_paper=False).exists()


def test_a_deletion_that_was_interrupted_is_finished_by_the_next_run(
    event: Event,
    wanda: Contact,
    door: DoorClient,
    nobody: DoorClient,
    bea: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Killed(BaseException):
        pass

    def die(envelope: Envelope) -> None:
        raise Killed

    other = plan_meeting(event.organisation, bea)
    link = link_of(door, wanda)
    say_yes(nobody, other, "Wanda", "wanda@post.example")
    collect(door, other)
    nobody.post(f"{link}cancel/")
    with monkeypatch.context() as patch:
        patch.setattr(paper_links, "erase_envelope", die)
        with pytest.raises(Killed):
            collect(door, event)
    collect(door, event)
    assert not Contact.objects.exists()
    assert not Envelope.objects.filter(on_paper=False).exists()


def test_a_new_link_does_not_end_one_by_which_something_was_asked_that_nobody_has_opened(
    event: Event, wanda: Contact, door: DoorClient, nobody: DoorClient
) -> None:
    first = link_of(door, wanda)
    nobody.post(f"{first}cancel/")
    refused = door.post(f"/riverside/people/{wanda.pk}/link/", follow=True)
    assert shows(refused, "unread-request")
    assert Envelope.objects.get().is_cancelled
    collect(door, event)
    assert not Contact.objects.exists()


def test_a_number_changed_by_the_link_is_changed_in_messages_that_wait_too(
    event: Event, wanda: Contact, door: DoorClient, nobody: DoorClient
) -> None:
    changed: list[str] = []

    def note(point: str, **_signal: object) -> None:
        changed.append(point)

    contact_point_changed.connect(note)
    try:
        link = link_of(door, wanda)
        form = open_form(nobody.get(link).content.decode(), "contact")
        nobody.post(link, form | {"name": ["Wanda"], "contact": ["new@post.example"]})
        collect(door, event)
    finally:
        contact_point_changed.disconnect(note)
    assert changed == ["new@post.example"]


def test_a_new_link_ends_the_one_before(wanda: Contact, door: DoorClient, nobody: DoorClient) -> None:
    first = link_of(door, wanda)
    second = link_of(door, wanda)
    assert nobody.get(first).status_code == 404
    assert nobody.get(second).status_code == 200
    assert Envelope.objects.count() == 1


def test_who_signed_up_has_a_link_already(event: Event, door: DoorClient, nobody: DoorClient) -> None:
    say_yes(nobody, event, "Rosa", "rosa@post.example")
    collect(door, event)
    address = f"/riverside/people/{Contact.objects.get().pk}/link/"
    assert shows(door.get(address), "has-a-link")
    assert not shows(door.post(address, follow=True), "paper-link")
    assert Envelope.objects.count() == 1


def test_only_a_key_holder_with_names_unlocked_makes_a_link(
    wanda: Contact, amal: Account, bea: Account
) -> None:
    address = f"/riverside/people/{wanda.pk}/link/"
    assert at_desk(bea).post(address).status_code == 404
    assert at_desk(amal).post(address).status_code == 302
    assert not Envelope.objects.exists()


def test_a_change_by_link_waits_while_a_legal_hold_stands_and_nobody_is_merged(
    event: Event, wanda: Contact, door: DoorClient, nobody: DoorClient, riverside: Organisation, amal: Account
) -> None:
    say_yes(nobody, event, "Rosa", "rosa@post.example")
    collect(door, event)
    rosa = Contact.objects.latest("pk")
    link, before = link_of(door, wanda), bytes(wanda.sealed_point)
    form = open_form(nobody.get(link).content.decode(), "contact")
    nobody.post(link, form | {"name": ["Wanda"], "contact": ["0177 5550133"]})
    hold = LegalHold.objects.create(organisation=riverside, reason="A court", set_by=amal, seconded_by=amal)
    collect(door, event)
    assert Envelope.objects.to_collect().filter(on_paper=True).exists()
    assert bytes(Contact.objects.get(pk=wanda.pk).sealed_point) == before
    address = f"/riverside/people/{rosa.pk}/merge/"
    assert shows(door.post(address, {"other": wanda.pk}, follow=True), "held-by-law")
    assert Contact.objects.count() == 2
    hold.delete()
    collect(door, event)
    assert bytes(Contact.objects.get(pk=wanda.pk).sealed_point) != before


def test_a_link_on_paper_ends_when_its_holder_is_merged_into_somebody_with_a_link(
    event: Event, wanda: Contact, door: DoorClient, nobody: DoorClient
) -> None:
    say_yes(nobody, event, "Rosa", "rosa@post.example")
    collect(door, event)
    rosa, link = Contact.objects.latest("pk"), link_of(door, wanda)
    door.post(f"/riverside/people/{rosa.pk}/merge/", {"other": wanda.pk})
    assert nobody.get(link).status_code == 404
    assert not Envelope.objects.filter(on_paper=True).exists()


def test_what_somebody_asked_by_their_link_is_done_after_a_merge_too(
    event: Event, wanda: Contact, door: DoorClient, nobody: DoorClient
) -> None:
    say_yes(nobody, event, "Rosa", "rosa@post.example")
    collect(door, event)
    rosa = Contact.objects.latest("pk")
    nobody.post(f"{link_of(door, wanda)}cancel/")
    door.post(f"/riverside/people/{rosa.pk}/merge/", {"other": wanda.pk})
    collect(door, event)
    assert not Contact.objects.exists()


def test_what_was_asked_by_a_link_before_leaves_the_log_with_the_next_change(
    wanda: Contact, door: DoorClient, nobody: DoorClient, logs_cut_by: LogsCut
) -> None:
    link = link_of(door, wanda)
    form = open_form(nobody.get(link).content.decode(), "contact")
    nobody.post(link, form | {"name": ["Wanda"], "contact": ["0177 5550133"]})
    sent = form | {"name": ["Wanda"], "contact": ["0177 5550134"]}
    assert "square" in logs_cut_by(lambda: nobody.post(link, sent))


def test_a_link_that_ends_by_a_merge_leaves_the_log_of_the_square_too(
    event: Event, wanda: Contact, door: DoorClient, nobody: DoorClient, logs_cut_by: LogsCut
) -> None:
    say_yes(nobody, event, "Rosa", "rosa@post.example")
    collect(door, event)
    rosa = Contact.objects.latest("pk")
    link_of(door, wanda)
    merge = f"/riverside/people/{rosa.pk}/merge/"
    assert {"desk", "square"} <= logs_cut_by(lambda: door.post(merge, {"other": wanda.pk}))
    assert not Envelope.objects.filter(on_paper=True).exists()
