"""Places of an event: how many come with whom, how many it holds, who waits, and books that always balance."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.attendance.turnout import count_turnout
from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import Occasion
from massline.desk.act.phone_lists.actions import create_phone_list
from massline.desk.act.phone_lists.models import Basis, Outcome
from massline.desk.guard.audit import chain
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublicEvent
from massline.square.envelopes import actions as envelopes
from massline.square.envelopes.models import Envelope
from massline.square.envelopes.timeslots import slots_of
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.act.mail_server import Post, occasion_of, text_of, worker_looks
from tests.desk.act.sign_up_crowd import counts
from tests.parts import field_errors, shows

pytestmark = pytest.mark.usefixtures("couriers")


@pytest.fixture
def hall(event: Event, bea: Account) -> Event:
    """A meeting in a room that holds five."""
    at_desk(bea).post(f"/riverside/act/{event.pk}/slots/", {"slots": "Stewards, 2", "places": "5"})
    return event


def sign_up(nobody: DoorClient, event: Event, name: str, people: int = 1, slot: str = "") -> str:
    address = PublicEvent.objects.get(uuid=event.uuid).get_absolute_url()
    page = nobody.get(address).content.decode()
    found = re.search(r'name="form_id" value="([^"]+)"', page)
    assert found is not None
    form = {"form_id": found[1], "name": name, "contact": f"{name}@post.example", "people": str(people)}
    answer = nobody.post(address, form | {"slot": slot})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"].split("/")[2])


def test_who_comes_with_others_counts_with_them_everywhere(
    event: Event, nobody: DoorClient, amal: Account, riverside: Organisation
) -> None:
    sign_up(nobody, event, "rosa", 4)
    sign_up(nobody, event, "idris", 3)
    assert counts(event) == (7, 0)
    page = nobody.get(PublicEvent.objects.get(uuid=event.uuid).get_absolute_url())
    assert shows(page, "coming-count", 7)
    door = unlocked(amal, riverside)
    door.post(f"/riverside/act/{event.pk}/collect/")
    assert sorted(Attendance.objects.values_list("people", flat=True)) == [3, 4]
    assert counts(event) == (7, 0)
    rosa = Attendance.objects.get(people=4)
    door.post(f"/riverside/act/{event.pk}/door/{rosa.pk}/", {"presence": "came"})
    assert count_turnout([event])[event.pk].came == 4


def test_a_full_hall_has_a_waiting_list_in_order_and_each_is_told_once(
    hall: Event, nobody: DoorClient, post: Post
) -> None:
    first = sign_up(nobody, hall, "rosa", 4)
    second = sign_up(nobody, hall, "idris", 2)
    third = sign_up(nobody, hall, "wanda")
    assert counts(hall) == (4, 3)
    assert shows(nobody.get(f"/manage/{second}/thanks/"), "waiting-list")
    assert shows(nobody.get(f"/manage/{third}/thanks/"), "no-place-yet")
    page = nobody.get(PublicEvent.objects.get(uuid=hall.uuid).get_absolute_url())
    assert shows(page, "event-full")
    with time_machine.travel(hall.starts_at - timedelta(days=3), tick=False):
        worker_looks()
        (letter,) = post.to("idris@post.example")
        code = Envelope.objects.get(people=2).door_code
        assert code not in text_of(letter)
        assert Envelope.objects.get(people=4).door_code in text_of(post.to("rosa@post.example")[0])
        nobody.post(f"/manage/{first}/cancel/")
        worker_looks()
        worker_looks()
    assert counts(hall) == (3, 0)
    told = [letter["To"] for letter in post.letters if occasion_of(letter) == Occasion.MOVED_UP]
    assert sorted(told) == ["idris@post.example", "wanda@post.example"]


def test_whoever_says_by_phone_that_they_cannot_come_leaves_their_place_to_who_waits(
    hall: Event, nobody: DoorClient, amal: Account, riverside: Organisation, post: Post
) -> None:
    sign_up(nobody, hall, "rosa", 4, slot=str(slots_of(hall.uuid)[0].slot.uuid))
    sign_up(nobody, hall, "idris", 3)
    door = unlocked(amal, riverside)
    door.post(f"/riverside/act/{hall.pk}/collect/")
    assert Attendance.objects.get(people=4).role
    rosa = Attendance.objects.get(people=4).contact
    listed = create_phone_list(event=hall, call=None, basis=Basis.SIGNED_UP, callers=[amal], by=amal)
    entry = listed.entries.get(contact=rosa)
    page = f"/riverside/act/lists/{listed.pk}/mine/"
    with time_machine.travel(noon_before(hall, 3), tick=False):
        door = unlocked(amal, riverside)
        door.post(page, {"entry": entry.pk, "outcome": Outcome.NOT_NOW})
        assert counts(hall) == (3, 0)
        assert slots_of(hall.uuid)[0].taken == 0
        for _ in range(2):
            worker_looks()
        told = [letter["To"] for letter in post.letters if occasion_of(letter) == Occasion.MOVED_UP]
        assert told == ["idris@post.example"]
        door.post(f"/riverside/act/{hall.pk}/collect/")
        assert counts(hall) == (3, 0)
        listed.entries.filter(pk=entry.pk).update(outcome="", done_on=None)
        said = door.post(page, {"entry": entry.pk, "outcome": Outcome.COMING}, follow=True)
        assert shows(said, "waits-for-place")
        assert counts(hall) == (3, 4), "four have no room any more and wait"
        door.post(f"/riverside/act/{hall.pk}/collect/")
        assert counts(hall) == (3, 4)
        assert Envelope.objects.get(people=4).courier_copy, "the worker tells them when they move up"
        assert not Attendance.objects.get(people=4).role, "the hour they had is free for others"


def test_a_call_and_the_square_agree_whatever_was_collected_or_broke_off(
    hall: Event, nobody: DoorClient, amal: Account, riverside: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(nobody, hall, "rosa", 2)
    door = unlocked(amal, riverside)
    collect = f"/riverside/act/{hall.pk}/collect/"
    door.post(collect)
    listed = create_phone_list(event=hall, call=None, basis=Basis.SIGNED_UP, callers=[amal], by=amal)
    page = f"/riverside/act/lists/{listed.pk}/mine/"

    def say(outcome: Outcome) -> None:
        listed.entries.update(outcome="", done_on=None)
        with time_machine.travel(noon_before(hall, 3), tick=False):
            unlocked(amal, riverside).post(page, {"entry": listed.entries.get().pk, "outcome": outcome})

    def agree(presence: Presence, people: int) -> None:
        for _ in range(2):
            assert (Attendance.objects.get().presence, counts(hall)[0]) == (presence, people)
            door.post(collect)

    envelopes.cancel_envelope(Envelope.objects.get())
    say(Outcome.COMING)
    agree(Presence.COMING, 2)
    for outcome, presence, people in ((Outcome.NOT_NOW, "cancelled", 0), (Outcome.COMING, "coming", 2)):
        with monkeypatch.context() as broken:
            broken.setattr(chain, "append_line", _break_off)
            with pytest.raises(OSError, match="broke off"):
                say(outcome)
        door.post(collect)
        agree(Presence.COMING if people == 0 else Presence.CANCELLED, 2 - people)
        say(outcome)
        agree(Presence(presence), people)
    Attendance.objects.update(presence=Presence.CANCELLED)
    envelopes.read_again(Envelope.objects.get().uuid)
    door.post(collect)
    agree(Presence.COMING, 2)


def _break_off(*_given: object) -> None:
    raise OSError("broke off")


def noon_before(event: Event, days: int) -> datetime:
    day = timezone.localtime(event.starts_at, event.organisation.zone) - timedelta(days=days)
    return day.replace(hour=12)


def test_who_waits_is_known_at_the_desk(
    hall: Event, nobody: DoorClient, amal: Account, riverside: Organisation
) -> None:
    sign_up(nobody, hall, "rosa", 5)
    sign_up(nobody, hall, "idris", slot=str(slots_of(hall.uuid)[0].slot.uuid))
    door = unlocked(amal, riverside)
    page = door.post(f"/riverside/act/{hall.pk}/collect/", follow=True)
    assert shows(page, "awaits-place")
    assert shows(page, "places-taken", 5, 5)
    assert [(filled.taken, filled.waiting) for filled in slots_of(hall.uuid)] == [(0, 1)]
    at_desk(amal).post(f"/riverside/act/{hall.pk}/slots/", {"slots": "Stewards, 2", "places": ""})
    assert [(filled.taken, filled.waiting) for filled in slots_of(hall.uuid)] == [(1, 0)]
    assert counts(hall) == (6, 0)


def test_a_party_that_grows_beyond_the_room_is_told_and_keeps_its_places(
    hall: Event, nobody: DoorClient
) -> None:
    link = sign_up(nobody, hall, "rosa", 3)
    page = nobody.get(f"/manage/{link}/")
    form = {
        "form_id": page.context["form"].initial["form_id"],
        "name": "rosa",
        "contact": "rosa@post.example",
    }
    refused = nobody.post(f"/manage/{link}/", form | {"people": "6"})
    assert field_errors(refused, "people") == ["too-few-places"]
    assert counts(hall) == (3, 0)
    assert nobody.post(f"/manage/{link}/", form | {"people": "5"}).status_code == 302
    assert counts(hall) == (5, 0)
