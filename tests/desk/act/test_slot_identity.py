"""A slot that is renamed loses nobody, one that goes is asked about and told, and whoever waits reads so everywhere."""

from datetime import timedelta

import pytest
import time_machine

from massline.desk.act.events.models import Event
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.models import Envelope
from massline.square.envelopes.timeslots import match_slots, slots_of
from tests.conftest import DoorClient, at_desk
from tests.desk.act.mail_server import Post, text_of, worker_looks
from tests.desk.decided_loop import plan_meeting
from tests.open_forms import Values, open_form
from tests.parts import shows

pytestmark = pytest.mark.usefixtures("couriers")


@pytest.fixture
def event(riverside: Organisation, bea: Account) -> Event:
    made = plan_meeting(riverside, bea)
    _set_slots(made, bea, "Stewards, 2\nTea, 1")
    return made


def _set_slots(event: Event, by: Account, lines: str) -> str:
    address = f"/riverside/act/{event.pk}/"
    form = open_form(at_desk(by).get(address).content.decode(), "slots") | {"slots": [lines]}
    return at_desk(by).post(f"{address}slots/", form, follow=True).content.decode()


def _form(event: Event, door: DoorClient, name: str, slot: str) -> tuple[str, Values]:
    page = PublicEvent.objects.get(uuid=event.uuid).get_absolute_url()
    chosen = {filled.slot.name: str(filled.slot.uuid) for filled in slots_of(event.uuid)}[slot]
    given = {"name": [name], "contact": [f"{name}@post.example"], "slot": [chosen]}
    return page, open_form(door.get(page).content.decode(), "form_id") | given


def _take(event: Event, door: DoorClient, name: str, slot: str) -> str:
    page, form = _form(event, door, name, slot)
    answer = door.post(page, form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def test_a_corrected_name_keeps_who_has_it_and_who_waits(
    event: Event, nobody: DoorClient, bea: Account
) -> None:
    for name in ("rosa", "marek", "wanda"):
        _take(event, nobody, name, "Stewards")
    _set_slots(event, bea, "Stewards in yellow vests, 2\nTea, 1")
    first = slots_of(event.uuid)[0]
    assert (first.slot.name, first.taken, first.waiting) == ("Stewards in yellow vests", 2, 1)


def test_two_slots_may_swap_their_places_and_numbers(event: Event, nobody: DoorClient, bea: Account) -> None:
    _take(event, nobody, "rosa", "Tea")
    _set_slots(event, bea, "Tea, 3\nStewards, 1")
    assert [(one.slot.name, one.taken, one.slot.needed) for one in slots_of(event.uuid)] == [
        ("Tea", 1, 3),
        ("Stewards", 0, 1),
    ]


@pytest.mark.parametrize(
    ("present", "wanted", "was"),
    [
        (["Stewards"], ["Stewards in vests"], ["Stewards"]),
        (["Tea", "Stewards"], ["Stewards", "Tea and cake"], ["Stewards", ""]),
        (["14:00 to 16:00"], ["14:00 – 16:00"], ["14:00 to 16:00"]),
        (["Tea"], ["Sound"], [""]),
        (["حراس"], ["حراس الباب"], ["حراس"]),
    ],
)
def test_a_renamed_slot_is_known_by_its_words(present: list[str], wanted: list[str], was: list[str]) -> None:
    assert [want.was for want in match_slots(present, [(name, 1) for name in wanted])] == was


def test_a_slot_with_people_goes_only_when_meant_and_they_are_told(
    event: Event, nobody: DoorClient, bea: Account, post: Post
) -> None:
    manage = _take(event, nobody, "rosa", "Tea").replace("thanks/", "")
    refused = _set_slots(event, bea, "Stewards, 2")
    assert 'data-part="slot-lost"' in refused
    assert len(slots_of(event.uuid)) == 2
    form = open_form(refused, "slots")
    at_desk(bea).post(f"/riverside/act/{event.pk}/slots/", form)
    assert [one.slot.name for one in slots_of(event.uuid)] == ["Stewards"]
    assert Envelope.objects.get().lost_slot == "Tea"
    assert "Tea" in nobody.get(manage).content.decode()
    with time_machine.travel(event.starts_at - timedelta(days=3), tick=False):
        worker_looks()
        worker_looks()
    subjects = [str(letter["Subject"]) for letter in post.to("rosa@post.example")]
    assert subjects.count(f"Your task has changed: {event.title}") == 1


def test_page_mail_and_desk_agree_on_who_waits(
    event: Event, nobody: DoorClient, post: Post, amal: Account, riverside: Organisation
) -> None:
    _take(event, nobody, "rosa", "Tea")
    thanks = nobody.get(_take(event, nobody, "marek", "Tea")).content.decode()
    assert shows(thanks, "waiting-list")
    worker_looks()
    letters = {str(letter["To"]).split("@")[0]: text_of(letter) for letter in post.letters}
    assert "waiting list" in letters["marek"]
    assert "counted in" not in letters["marek"]
    assert "waiting list" not in letters["rosa"]
