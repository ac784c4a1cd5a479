"""An event to which hundreds come: the page is read in parts, costs the same however many they are, and ticks one row."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drills.large_event_fixture import add_contacts, attend, sign_up
from massline.desk.act.attendance import attendees
from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.attendance.turnout import Turnout, count_turnout
from massline.desk.act.events.models import Event
from massline.desk.act.growth.monday_note import MOST_LISTED
from massline.desk.act.subscriptions.models import Subscription
from massline.desk.guard.keys import key_holders
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Contact, NextStep, Organisation, Section
from massline.square.envelopes.actions import cancel_envelope
from massline.square.envelopes.models import Envelope
from tests.conftest import PASSPHRASE, DoorClient, at_desk, unlocked
from tests.open_forms import forms_of
from tests.parts import shows


@pytest.fixture
def crowd(event: Event, riverside: Organisation, amal: Account) -> Callable[[int], None]:
    """Signs up so many more people, whose sign-ups are opened already."""
    vault = Vault(*_key(amal, riverside))

    def more(count: int) -> None:
        attend_more(event, riverside, vault, count)

    return more


def _key(amal: Account, riverside: Organisation) -> tuple[Any, int, bytes]:
    key, private = key_holders.open_organisation_key(amal, riverside, PASSPHRASE)
    assert key is not None
    assert private is not None
    return riverside.uuid, key.epoch, private


def attend_more(event: Event, riverside: Organisation, vault: Vault, count: int) -> None:
    before = Attendance.objects.count()
    attend(event, add_contacts(riverside, vault, count, first=before), first=before)


def page_of(door: DoorClient, event: Event, query: str = "") -> str:
    return str(door.get(f"/riverside/act/{event.pk}/{query}").content.decode())


def test_the_page_is_read_in_parts_and_costs_the_same_for_ten_times_as_many(
    event: Event, riverside: Organisation, amal: Account, crowd: Callable[[int], None]
) -> None:
    door = unlocked(amal, riverside)
    crowd(40)
    page_of(door, event)
    few, many = list[int](), list[int]()
    for queries, size in ((few, 0), (many, 360)):
        if size:
            crowd(size)
        with (
            CaptureQueriesContext(connections["desk"]) as desk,
            CaptureQueriesContext(connections["square"]) as square,
        ):
            page = page_of(door, event)
        queries += [len(desk), len(square)]
    assert few == many
    assert page.count('class="marks"') == attendees.PAGE_SIZE
    assert shows(page, "said-yes", 400)
    last = page_of(door, event, "?page=4")
    assert last.count('class="marks"') == attendees.PAGE_SIZE
    assert not set(_rows(page)) & set(_rows(last))


def _rows(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('id="person-')[1:]]


def test_a_tick_answers_with_one_row(
    event: Event, riverside: Organisation, amal: Account, crowd: Callable[[int], None]
) -> None:
    door = unlocked(amal, riverside)
    crowd(12)
    attendance = Attendance.objects.first()
    assert attendance is not None
    address = f"/riverside/act/{event.pk}/door/{attendance.pk}/"
    row = door.post(address, {"presence": "came"}, headers={"HX-Request": "true"}).content.decode()
    assert _rows(row) == [str(attendance.pk)]
    assert 'value="coming"' in row
    assert Attendance.objects.get(pk=attendance.pk).presence == Presence.CAME
    plain = door.post(address, {"presence": "missed", "page": "2"})
    assert plain.headers["Location"].endswith(f"?page=2#person-{attendance.pk}")


def test_somebody_is_found_by_name_and_the_address_never_says_whom(
    event: Event, riverside: Organisation, amal: Account, bea: Account, crowd: Callable[[int], None]
) -> None:
    door = unlocked(amal, riverside)
    crowd(130)
    found = door.post(f"/riverside/act/{event.pk}/door/find/", {"find": "name 00077"})
    assert shows(found, "people-found", 1)
    assert "n77@post.example" in found.content.decode()
    by_point = door.post(f"/riverside/act/{event.pk}/door/find/", {"find": "n78@post"})
    assert "Name 00078" in by_point.content.decode()
    nobody = door.post(f"/riverside/act/{event.pk}/door/find/", {"find": "Zuleika"})
    assert shows(nobody, "people-found", 0)


def test_numbers_are_counted_alike_in_the_database_and_by_hand(
    event: Event, riverside: Organisation, amal: Account, crowd: Callable[[int], None]
) -> None:
    crowd(9)
    rows = list(Attendance.objects.order_by("pk"))
    for row, presence in zip(rows, ("came", "came", "missed", "cancelled"), strict=False):
        row.presence, row.people = presence, 2
        row.save()
    Attendance.objects.filter(pk=rows[1].pk).update(envelope=None)
    gone, cancelled = rows[1].envelope, rows[4].envelope
    assert gone is not None
    assert cancelled is not None
    Envelope.objects.filter(uuid=gone).delete()
    cancel_envelope(Envelope.objects.get(uuid=cancelled))
    sign_up(event, 3, first=100, with_copies=False)
    assert count_turnout([event])[event.pk] == Turnout(
        said_yes=10,
        in_envelopes=3,
        cancelled=3,
        came=4,
        came_of_those=2,
        unannounced=2,
        missed=2,
        new_people=2,
    )
    Envelope.objects.all().delete()
    assert count_turnout([event])[event.pk].said_yes == 9


def test_hundreds_of_sign_ups_are_opened_in_few_queries_and_each_as_if_alone(
    event: Event, riverside: Organisation, amal: Account, django_assert_max_num_queries: Any
) -> None:
    door = unlocked(amal, riverside)
    vault = Vault(*_key(amal, riverside))
    sign_up(event, 150, first=0)
    known = add_contacts(riverside, vault, 10, first=0)
    attend(event, add_contacts(riverside, vault, 1, first=500), first=500)
    sign_up(event, 1, first=500)
    with django_assert_max_num_queries(75, using="desk"):
        door.post(f"/riverside/act/{event.pk}/collect/")
    assert Attendance.objects.filter(event=event).count() == 151
    assert Contact.objects.count() == 151
    assert all(contact.attendances.count() == 1 for contact in known)
    assert not Envelope.objects.to_collect().exists()
    assert not Envelope.objects.exclude(sealed=None).exists()
    assert count_turnout([event])[event.pk].said_yes == 151
    ana = Contact.objects.get(attendances__envelope=Envelope.objects.order_by("pk")[77].uuid)
    assert vault.open_column(ana, "sealed_name") == "Name 00077"
    assert ana.consent_on == Envelope.objects.order_by("pk")[77].made_on


def test_hundreds_without_a_next_step_are_shared_out_in_one_act_by_event_section_and_number(
    event: Event,
    riverside: Organisation,
    amal: Account,
    bea: Account,
    crowd: Callable[[int], None],
    django_assert_max_num_queries: Any,
) -> None:
    crowd(140)
    others = add_contacts(riverside, Vault(*_key(amal, riverside)), 20, first=900)
    block_a = Section.objects.get(name="Block A")
    Subscription.objects.bulk_create(
        Subscription(contact=contact, calls=True, section=block_a) for contact in others[:6]
    )
    door, address = at_desk(bea), "/riverside/act/share-out/"
    assert shows(door.get("/riverside/people/"), "people-without-next-step", 160)
    due = timezone.localdate() + timedelta(days=3)
    form = {"what": "Bring one neighbour", "due_on": f"{due}", "owner": bea.pk, "others": [amal.pk]}
    counted = door.post(address, form | {"event": event.pk, "each": 50})
    assert shows(counted, "to-share-out", 100)
    assert shows(counted, "shares", 50)
    assert not NextStep.objects.exists()
    with django_assert_max_num_queries(60, using="desk"):
        saved = door.post(address, form | {"event": event.pk, "save": "1"})
    assert saved.status_code == 302
    assert Counter(NextStep.objects.values_list("owner__name", flat=True)) == {"amal": 70, "bea": 70}
    assert not NextStep.objects.filter(contact__in=others).exists()
    assert Contact.objects.filter(attendances__event=event).earliest("keep_until").keep_until > due
    door.post(address, form | {"section": block_a.pk, "others": [], "save": "1"})
    assert NextStep.objects.filter(contact__in=others[:6], owner=bea).count() == 6
    assert shows(door.get("/riverside/people/"), "people-without-next-step", 14)


def test_from_the_event_one_shares_out_its_people_and_comes_back(
    event: Event, riverside: Organisation, amal: Account, bea: Account, crowd: Callable[[int], None]
) -> None:
    crowd(7)
    add_contacts(riverside, Vault(*_key(amal, riverside)), 5, first=900)
    door, page = at_desk(bea), f"/riverside/act/{event.pk}/"
    (link,) = re.findall(r'data-part="share-out-event"[^>]*href="([^"]+)"', page_of(door, event))
    assert shows(door.get(link), "to-share-out", 7)
    form = next(form for form in forms_of(door.get(link).content.decode()) if "what" in form.values)
    saved = door.post(link, form.values | {"what": "Bring one neighbour", "save": "1"})
    assert saved.headers["Location"] == page
    assert NextStep.objects.count() == 7
    assert door.get("/riverside/act/share-out/?event=x").status_code == 200


def test_a_week_with_hundreds_of_steps_lists_the_first_and_says_how_many_are_left(
    riverside: Organisation, amal: Account, django_assert_max_num_queries: Any
) -> None:
    people = add_contacts(riverside, Vault(*_key(amal, riverside)), 120)
    today = timezone.localdate()
    NextStep.objects.bulk_create(
        NextStep(contact=contact, owner=amal, what="Ring", due_on=today) for contact in people
    )
    with django_assert_max_num_queries(40, using="desk"):
        page = at_desk(amal).get("/riverside/people/monday/")
    assert shows(page, "more-in-my-week", 120 - MOST_LISTED)
    assert page.content.decode().count("Ring") == MOST_LISTED


def test_every_event_that_is_over_can_be_reached(riverside: Organisation, bea: Account) -> None:
    now = timezone.now()
    Event.objects.bulk_create(
        Event(
            organisation=riverside,
            kind="shift",
            title=f"Shift {n}.",
            place="Stall",
            starts_at=now - timedelta(days=n + 1),
            ends_at=now - timedelta(days=n + 1) + timedelta(hours=1),
        )
        for n in range(45)
    )
    door = at_desk(bea)
    first, last = door.get("/riverside/act/"), door.get("/riverside/act/?page=3")
    assert shows(first, "earlier-events")
    assert not shows(last, "earlier-events")
    assert "Shift 44." not in first.content.decode()
    assert "Shift 44." in last.content.decode()
