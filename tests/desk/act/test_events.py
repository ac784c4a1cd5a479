"""Planning what people come to, the door, and everybody's next step."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events import actions as event_actions
from massline.desk.act.events.event_plan import EventPlan
from massline.desk.act.events.models import Event
from massline.desk.act.events.turnout_forecast import forecast_from_past_events
from massline.desk.call import actions as calls
from massline.desk.contacts import next_steps
from massline.desk.people.choices import NextStepState
from massline.desk.people.models import Account, Contact, NextStep, Organisation
from massline.square.calls.models import PublicEvent
from massline.square.calls.states import EventKind
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.decided_loop import decide, saturday, say_yes, write_call
from tests.parts import field_errors, holds, shows

PEOPLE = [("Ana 🌻", "+49 170 1234567"), ("أميرة", "amira@example.org"), ("Marek", "@marek")]


@pytest.fixture
def door(event: Event, riverside: Organisation, amal: Account) -> DoorClient:
    """Amal at the door: three said yes, the vault is open, the envelopes too."""
    for name, point in PEOPLE:
        say_yes(riverside, event.uuid, name, point)
    client = unlocked(amal, riverside)
    client.post(f"/riverside/act/{event.pk}/collect/")
    return client


def page(door: DoorClient, event: Event) -> str:
    return str(door.get(f"/riverside/act/{event.pk}/").content.decode())


def test_a_planned_mass_meeting_stands_on_the_square_at_once(riverside: Organisation, bea: Account) -> None:
    door = at_desk(bea)
    assert shows(door.get("/riverside/act/").content.decode(), "no-mass-meeting")
    start = saturday(riverside, 18)
    form = {
        "kind": "mass_meeting",
        "title": "اجتماع عام",
        "starts_at": f"{start:%Y-%m-%dT%H:%M}",
        "ends_at": f"{start + timedelta(hours=2):%Y-%m-%dT%H:%M}",
        "place": "Harbour Hall",
    }
    assert door.post("/riverside/act/plan/", form).status_code == 302
    public = PublicEvent.objects.get()
    assert (public.title, public.starts_at, public.uuid) == ("اجتماع عام", start, Event.objects.get().uuid)
    assert not shows(door.get("/riverside/act/").content.decode(), "no-mass-meeting")


def test_an_event_in_the_past_or_that_ends_first_is_refused_and_what_was_typed_stays(
    riverside: Organisation, bea: Account
) -> None:
    form = {
        "kind": "meeting",
        "title": "Kept?",
        "starts_at": f"{timezone.localdate().year - 1}-01-02T10:00",
        "ends_at": f"{timezone.localdate().year - 1}-01-01T10:00",
        "place": "Hall",
    }
    said = at_desk(bea).post("/riverside/act/plan/", form).content.decode()
    assert shows(said, "past")
    assert 'value="Kept?"' in said
    assert not Event.objects.exists()


def test_a_changed_meeting_counts_on_and_a_cancelled_one_stays(
    event: Event, riverside: Organisation, bea: Account
) -> None:
    door = at_desk(bea)
    form = {
        "kind": event.kind,
        "title": event.title,
        "starts_at": f"{event.starts_at:%Y-%m-%dT%H:%M}",
        "ends_at": f"{event.ends_at:%Y-%m-%dT%H:%M}",
        "place": "Town Hall",
    }
    door.post(f"/riverside/act/{event.pk}/change/", form)
    public = PublicEvent.objects.get()
    assert (public.place, public.sequence) == ("Town Hall", 1)
    assert holds(public.what_changed, "Town Hall", "Harbour Hall")
    door.post(f"/riverside/act/{event.pk}/cancel/", {"reason": "The hall is flooded."})
    public.refresh_from_db()
    assert public.is_cancelled
    assert shows(page(door, event), "cancelled")


def test_an_event_with_a_call_is_changed_by_the_call_alone(riverside: Organisation, bea: Account) -> None:
    call = write_call(decide(riverside, bea), bea)
    calls.publish_call(call=call, by=bea)
    event = Event.objects.get()
    assert at_desk(bea).get(f"/riverside/act/{event.pk}/change/").status_code == 404
    with pytest.raises(ValueError, match="Change the call"):
        event_actions.change_event(event=event, by=bea, facts=replace(event.facts, place="Elsewhere"))


def test_attendance_is_taken_by_two_large_buttons_and_can_be_taken_back(
    door: DoorClient, event: Event
) -> None:
    deed = Attendance.objects.first()
    assert deed is not None
    address = f"/riverside/act/{event.pk}/door/{deed.pk}/"
    for presence in (Presence.CAME, Presence.MISSED, Presence.COMING, Presence.CAME):
        answer = door.post(address, {"presence": presence})
        assert answer.headers["Location"].endswith(f"#person-{deed.pk}")
        deed.refresh_from_db()
        assert deed.presence == presence
    door.post(address, {"presence": "cancelled"})
    deed.refresh_from_db()
    assert deed.presence == Presence.CAME


def test_who_came_unannounced_is_asked_before_anything_is_kept(door: DoorClient, event: Event) -> None:
    address = f"/riverside/act/{event.pk}/door/"
    refused = door.post(address, {"name": "Elif 🎈", "point": "elif@example.org"})
    assert field_errors(refused, "consent") == ["required"]
    assert Contact.objects.count() == len(PEOPLE)
    for _ in range(2):
        door.post(address, {"name": "Elif 🎈", "point": "ELIF@example.org", "consent": "on"})
    assert Contact.objects.count() == len(PEOPLE) + 1
    shown = page(door, event)
    assert "Elif 🎈" in shown
    assert shows(shown, "walked-in")
    newest = Contact.objects.latest("pk")
    assert newest.consent_on == timezone.localdate()
    assert newest.attendances.get().presence == Presence.CAME


def test_a_known_person_at_the_door_is_not_made_twice(door: DoorClient, event: Event) -> None:
    name, point = PEOPLE[0]
    door.post(f"/riverside/act/{event.pk}/door/", {"name": name, "point": point, "consent": "on"})
    assert Contact.objects.count() == Attendance.objects.count() == len(PEOPLE)
    assert Attendance.objects.came().count() == 1


def test_anybody_of_the_organisation_writes_the_headcount(event: Event, chen: Account) -> None:
    door = at_desk(chen)
    door.post(f"/riverside/act/{event.pk}/headcount/", {"headcount": "some"})
    assert Event.objects.get().headcount is None
    door.post(f"/riverside/act/{event.pk}/headcount/", {"headcount": "94"})
    assert Event.objects.get().headcount == 94


def test_everybody_who_came_gets_the_same_next_step_once(
    door: DoorClient, event: Event, bea: Account
) -> None:
    for deed in Attendance.objects.all()[:2]:
        door.post(f"/riverside/act/{event.pk}/door/{deed.pk}/", {"presence": "came"})
    address = f"/riverside/act/{event.pk}/next-steps/"
    form = {
        "what": "Bring one neighbour",
        "due_on": timezone.localdate() + timedelta(days=4),
        "owner": bea.pk,
    }
    organiser = at_desk(bea)
    assert shows(organiser.get(address).content.decode(), "without-next-step", 2)
    for _ in range(2):
        assert organiser.post(address, form).status_code == 302
    assert NextStep.objects.open().count() == 2
    assert {step.owner for step in NextStep.objects.all()} == {bea}
    assert Contact.objects.without_next_step().count() == 1


def test_one_next_step_is_shared_out_by_number_and_by_role(
    door: DoorClient, event: Event, amal: Account, bea: Account
) -> None:
    Attendance.objects.update(presence="came")
    steward = Attendance.objects.earliest("pk")
    Attendance.objects.filter(pk=steward.pk).update(role="Steward")
    address = f"/riverside/act/{event.pk}/next-steps/"
    form = {"what": "Ring three", "due_on": timezone.localdate() + timedelta(days=4), "owner": bea.pk}
    at_desk(bea).post(address, form | {"role": "Steward"})
    assert NextStep.objects.get().contact == steward.contact
    at_desk(bea).post(address, form | {"others": [amal.pk, bea.pk]})
    shares = Counter(NextStep.objects.exclude(contact=steward.contact).values_list("owner", flat=True))
    assert shares == {amal.pk: 1, bea.pk: 1}


def test_one_person_gets_their_own_step_or_says_none(door: DoorClient, bea: Account, dina: Account) -> None:
    one, other, _third = Contact.objects.order_by("pk")
    address = f"/riverside/act/contacts/{one.pk}/next-step/"
    late = {"what": "Take ten cards", "due_on": timezone.localdate() - timedelta(days=1), "owner": bea.pk}
    refused = door.post(address, late).content.decode()
    assert shows(refused, "past")
    assert 'value="Take ten cards"' in refused
    stranger = door.post(address, {**late, "due_on": timezone.localdate(), "owner": dina.pk})
    assert stranger.status_code == 200
    door.post(address, {**late, "due_on": timezone.localdate() + timedelta(days=40)})
    step = NextStep.objects.get()
    one.refresh_from_db()
    assert one.keep_until > timezone.localdate() + timedelta(days=40)
    door.post(f"/riverside/act/contacts/{other.pk}/next-step/", {"none_wanted": "1"})
    assert NextStep.objects.get(contact=other).state == NextStepState.NONE_WANTED
    assert Contact.objects.without_next_step().count() == 1
    at_desk(bea).post(f"/riverside/act/steps/{step.pk}/done/")
    assert Contact.objects.without_next_step().count() == 2


def test_half_of_the_yeses_come_until_our_own_events_teach_us() -> None:
    assert forecast_from_past_events(0) is None
    prior = forecast_from_past_events(20)
    assert prior is not None
    assert (prior.expect, prior.low, prior.high) == (10, 6, 14)
    taught = forecast_from_past_events(20, [(30, 24)] * 6)
    assert taught is not None
    assert 10 < taught.expect < 16
    assert taught.high - taught.low < 10
    assert taught.past_events == 6


def test_the_room_says_how_many_are_likely_to_come(door: DoorClient, event: Event) -> None:
    shown = page(door, event)
    assert shows(shown, "turnout-rule")
    outlook = forecast_from_past_events(len(PEOPLE))
    assert outlook is not None
    assert f"{outlook.low}–{outlook.high}" in shown


def test_dina_of_another_chapter_sees_no_event_and_no_person(
    door: DoorClient, event: Event, dina: Account, harbour: Organisation
) -> None:
    stranger = at_desk(dina)
    contact = Contact.objects.latest("pk")
    missing = stranger.get("/harbour/act/999/")
    for path in (f"act/{event.pk}/", f"act/contacts/{contact.pk}/next-step/", "people/"):
        hidden = stranger.get(f"/riverside/{path}")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
    assert stranger.get(f"/harbour/act/contacts/{contact.pk}/next-step/").status_code == 404


def test_lists_ask_the_databases_no_more_for_more_rows(
    door: DoorClient, event: Event, riverside: Organisation, bea: Account
) -> None:
    def asked(path: str) -> int:
        with (
            CaptureQueriesContext(connections["desk"]) as desk,
            CaptureQueriesContext(connections["square"]) as square,
        ):
            assert door.get(path).status_code == 200
        return len(desk) + len(square)

    paths = ("/riverside/act/", f"/riverside/act/{event.pk}/", "/riverside/people/")
    first = Contact.objects.earliest("pk")
    next_steps.agree_next_step(contact=first, what="Call", due_on=event.starts_at.date(), owner=bea, by=bea)
    few = [asked(path) for path in paths]
    for n in range(6):
        say_yes(riverside, event.uuid, f"Neighbour {n}", f"n{n}@example.org")
        start = saturday(riverside) + timedelta(days=n)
        event_actions.plan_event(
            organisation=riverside,
            by=bea,
            facts=EventPlan(
                kind=EventKind.SHIFT,
                title=f"Shift {n}",
                starts_at=start,
                place="Stall",
                ends_at=start + timedelta(hours=1),
            ),
        )
    door.post(f"/riverside/act/{event.pk}/collect/")
    for contact in Contact.objects.all():
        next_steps.agree_next_step(contact=contact, what="Call", due_on=start.date(), owner=bea, by=bea)
    assert [asked(path) for path in paths] == few
