"""Hours and roles: how many are needed, who waits, and who moves up by themselves."""

import re
from datetime import timedelta

import pytest
import time_machine

from massline.core.expiry import blank_expired_columns
from massline.desk.act.attendance.models import Attendance
from massline.desk.act.events import actions
from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import Occasion
from massline.desk.people.models import Account, Organisation
from massline.square.calls.models import PublicEvent
from massline.square.envelopes.forms import describe_slot
from massline.square.envelopes.models import Envelope
from massline.square.envelopes.timeslots import slots_of
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.act.mail_server import Post, occasion_of, worker_looks
from tests.desk.decided_loop import plan_meeting
from tests.parts import shows

pytestmark = pytest.mark.usefixtures("couriers")


@pytest.fixture
def event(riverside: Organisation, bea: Account) -> Event:
    made = plan_meeting(riverside, bea)
    at_desk(bea).post(f"/riverside/act/{made.pk}/slots/", {"slots": "Steward, 1\nTea, 2"})
    return made


def page_of(event: Event) -> str:
    return PublicEvent.objects.get(uuid=event.uuid).get_absolute_url()


def take(nobody: DoorClient, event: Event, name: str, slot: str = "", needs: str = "") -> str:
    page = nobody.get(page_of(event)).content.decode()
    found = re.search(r'name="form_id" value="([^"]+)"', page)
    chosen = {str(one.slot): str(one.slot.uuid) for one in slots_of(event.uuid)}.get(slot, "")
    assert found is not None
    form = {"form_id": found[1], "name": name, "contact": f"{name}@post.example", "slot": chosen}
    answer = nobody.post(page_of(event), form | {"needs": needs})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"].split("/")[2])


def test_the_public_page_says_who_is_still_needed(event: Event, nobody: DoorClient) -> None:
    page = nobody.get(page_of(event)).content.decode()
    steward = slots_of(event.uuid)[0]
    assert (steward.open, steward.is_full) == (1, False)
    assert describe_slot(steward) in page
    assert 'type="radio"' in page
    take(nobody, event, "rosa", "Steward")
    assert slots_of(event.uuid)[0].is_full
    assert describe_slot(slots_of(event.uuid)[0]) in nobody.get(page_of(event)).content.decode()
    assert [(one.taken, one.waiting) for one in slots_of(event.uuid)] == [(1, 0), (0, 0)]


def test_who_waits_moves_up_by_themselves_and_is_told_once(
    event: Event, nobody: DoorClient, post: Post
) -> None:
    first = take(nobody, event, "rosa", "Steward")
    second = take(nobody, event, "marek", "Steward")
    take(nobody, event, "wanda", "Steward")
    assert shows(nobody.get(f"/manage/{second}/thanks/").content.decode(), "waiting-list")
    with time_machine.travel(event.starts_at - timedelta(days=3), tick=False):
        worker_looks()
        nobody.post(f"/manage/{first}/cancel/")
        worker_looks()
        worker_looks()
    told = [letter for letter in post.letters if occasion_of(letter) == Occasion.MOVED_UP]
    assert [one["To"] for one in told] == ["marek@post.example"]
    assert [(one.taken, one.waiting) for one in slots_of(event.uuid)] == [(1, 1), (0, 0)]


def test_who_changes_to_another_role_leaves_the_first_to_who_waits(event: Event, nobody: DoorClient) -> None:
    first = take(nobody, event, "rosa", "Steward")
    take(nobody, event, "marek", "Steward")
    page = nobody.get(f"/manage/{first}/").content.decode()
    assert shows(page, "task-taken", "Steward")
    found = re.search(r'name="form_id" value="([^"]+)"', page)
    tea = str(slots_of(event.uuid)[1].slot.uuid)
    assert found is not None
    nobody.post(
        f"/manage/{first}/", {"form_id": found[1], "name": "rosa", "contact": "rosa@x.example", "slot": tea}
    )
    assert [(one.taken, one.waiting) for one in slots_of(event.uuid)] == [(1, 0), (1, 0)]


def test_a_slot_that_grows_takes_who_waits_and_one_that_goes_keeps_nobody_waiting(
    event: Event, nobody: DoorClient, bea: Account
) -> None:
    for name in ("rosa", "marek", "wanda"):
        take(nobody, event, name, "Steward")
    actions.set_slots(event=event, wanted=[("Steward", 2)], by=bea)
    assert [(one.taken, one.waiting) for one in slots_of(event.uuid)] == [(2, 1)]
    actions.set_slots(event=event, wanted=[], by=bea)
    assert Envelope.objects.filter(waits=True).count() == 0
    assert Envelope.objects.standing().count() == 3


def test_a_line_without_a_number_is_refused_and_stays_as_typed(event: Event, bea: Account) -> None:
    answer = at_desk(bea).post(f"/riverside/act/{event.pk}/slots/", {"slots": "Stewards"})
    assert shows(answer.content.decode(), "no-number")
    assert "Stewards</textarea>" in answer.content.decode()
    assert len(slots_of(event.uuid)) == 2


def test_what_somebody_needs_is_read_at_the_door_alone_and_gone_the_day_after(
    event: Event, nobody: DoorClient, riverside: Organisation, amal: Account, bea: Account
) -> None:
    take(nobody, event, "rosa", "Tea", needs="No steps, please")
    door = unlocked(amal, riverside)
    door.post(f"/riverside/act/{event.pk}/collect/")
    page = door.get(f"/riverside/act/{event.pk}/").content.decode()
    assert "No steps, please" in page
    assert ">Tea</bdi>" in page
    assert "No steps" not in at_desk(bea).get(f"/riverside/act/{event.pk}/").content.decode()
    assert b"steps" not in bytes(Attendance.objects.get().sealed_needs or b"")
    with time_machine.travel(event.ends_at + timedelta(days=2), tick=False):
        assert blank_expired_columns("desk") == 1
    assert Attendance.objects.get().sealed_needs is None
