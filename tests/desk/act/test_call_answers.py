"""An answer of a call is kept once, whoever has the person by then, and no call is made twice or after the event."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events.models import Event
from massline.desk.act.messages.mailing_delivery import claim_first_message_of_day
from massline.desk.act.messages.models import Mailing
from massline.desk.act.phone_lists import actions, call_outcomes
from massline.desk.act.phone_lists.models import ListEntry, Outcome, PhoneList
from massline.desk.call.models import Call
from massline.desk.guard.keys.vault import Vault
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Contact, Organisation
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.act.news_wishes import ask, collect, entry_on
from tests.parts import shows

pytestmark = pytest.mark.usefixtures("called_by_day")


@pytest.fixture
def amal_door(riverside: Organisation, amal: Account) -> DoorClient:
    return unlocked(amal, riverside)


@pytest.fixture
def noor(riverside: Organisation, amal: Account) -> Account:
    """Another key-holder, who has nobody on the list."""
    return next(holder for holder in actions.possible_callers(riverside) if holder != amal)


@pytest.fixture
def noor_door(riverside: Organisation, noor: Account) -> DoorClient:
    return unlocked(noor, riverside)


def page_of(phone_list: PhoneList) -> str:
    return f"/riverside/act/lists/{phone_list.pk}/"


def tried_yesterday(*pks: int) -> None:
    ListEntry.objects.filter(pk__in=pks).update(
        outcome=Outcome.NOT_REACHED, tries=1, done_on=timezone.localdate() - timedelta(days=1)
    )


def end_event(phone_list: PhoneList) -> None:
    now = timezone.now()
    Event.objects.filter(pk=phone_list.event_id).update(
        starts_at=now - timedelta(hours=3), ends_at=now - timedelta(minutes=1)
    )


def test_whom_a_caller_has_open_is_not_taken_over(
    shared_list: PhoneList,
    amal: Account,
    noor: Account,
    amal_door: DoorClient,
    noor_door: DoorClient,
) -> None:
    page = page_of(shared_list)
    opened = entry_on(amal_door.get(f"{page}mine/"))
    noor_door.post(f"{page}take-over/")
    assert ListEntry.objects.get(pk=opened).owner == amal
    assert shared_list.entries.filter(owner=noor).count() == 2
    assert not shows(amal_door.get(f"{page}mine/"), "take-over")
    ListEntry.objects.filter(owner=noor).update(owner=amal, outcome=Outcome.COMING)
    assert not shows(noor_door.get(f"{page}mine/"), "take-over"), "no button that does nothing"


def test_an_answer_is_kept_though_another_took_the_person_over(
    shared_list: PhoneList,
    amal: Account,
    noor: Account,
    amal_door: DoorClient,
) -> None:
    page = page_of(shared_list)
    opened = entry_on(amal_door.get(f"{page}mine/"))
    ListEntry.objects.filter(pk=opened).update(owner=noor)
    answer = amal_door.post(f"{page}mine/", {"entry": opened, "outcome": "coming"})
    assert answer.status_code == 302
    entry = ListEntry.objects.get(pk=opened)
    assert (entry.outcome, entry.owner) == (Outcome.COMING, amal)


def test_nobody_opens_anothers_person_by_an_answer_that_is_not_kept(
    shared_list: PhoneList,
    noor: Account,
    amal_door: DoorClient,
) -> None:
    page = page_of(shared_list)
    opened = entry_on(amal_door.get(f"{page}mine/"))
    ListEntry.objects.filter(pk=opened).update(owner=noor)
    unchosen = amal_door.post(f"{page}mine/", {"entry": opened})
    ListEntry.objects.filter(pk=opened).update(outcome=Outcome.COMING, done_on=timezone.localdate())
    late = amal_door.post(f"{page}mine/", {"entry": opened, "outcome": "not_now"})
    assert shows(unchosen, "required")
    assert shows(late, "answered-already")
    for answer in (unchosen, late):
        assert answer.status_code == 422
        assert entry_on(answer) == opened
        assert "Person" not in answer.content.decode().split("<main")[1].replace("Next person", "")


def test_second_tries_can_be_taken_over_too(
    shared_list: PhoneList,
    noor: Account,
    noor_door: DoorClient,
) -> None:
    page = page_of(shared_list)
    tried_yesterday(*shared_list.entries.values_list("pk", flat=True))
    assert shows(noor_door.get(f"{page}mine/"), "take-over")
    noor_door.post(f"{page}take-over/")
    assert shared_list.entries.waiting().filter(owner=noor).count() == 2


@pytest.mark.parametrize("point", ["+1 212 555 0100", "rosa@post.example"])
def test_who_was_called_today_gets_no_message_unasked(
    riverside: Organisation,
    call: Call,
    vault: Vault,
    amal: Account,
    bea: Account,
    point: str,
) -> None:
    ask(DoorClient("square"), "Rosa", point)
    collect(riverside, vault)
    event = Event.objects.get(call=call)
    made = actions.create_phone_list(event=event, call=call, basis="asked", callers=[amal], by=bea)
    person = actions.open_next_person(made, account=amal, vault=vault)
    assert person is not None
    call_outcomes.record_outcome(entry=person.entry, outcome=Outcome.NOT_NOW, vault=vault, by=amal)
    assert not claim_first_message_of_day(Mailing(event=event), point.replace(" ", ""))
    assert claim_first_message_of_day(Mailing(event=event), "+12125550111")


def test_an_answer_sent_again_is_refused_in_a_sentence_and_shown_again(
    shared_list: PhoneList,
    round_: ListeningRound,
    amal_door: DoorClient,
) -> None:
    page = page_of(shared_list)
    entry = entry_on(amal_door.get(f"{page}mine/"))
    amal_door.post(f"{page}mine/", {"entry": entry, "outcome": "coming"})
    again = {"entry": entry, "outcome": "not_now", "said": "The lift is broken."}
    for days in (0, 1):
        ListEntry.objects.filter(pk=entry).update(done_on=timezone.localdate() - timedelta(days=days))
        answer = amal_door.post(f"{page}mine/", again)
        assert answer.status_code == 422
        assert shows(answer, "answered-already")
        assert shows(answer, "next-person")
        assert not shows(answer, "tap-to-call"), "nobody is called twice"
        assert "The lift is broken." in answer.content.decode()
        assert ListEntry.objects.get(pk=entry).outcome == Outcome.COMING
    assert Attendance.objects.get().presence == Presence.COMING


def test_no_answer_today_is_final_for_today_and_open_again_tomorrow(
    shared_list: PhoneList,
    amal_door: DoorClient,
) -> None:
    page = page_of(shared_list)
    entry = entry_on(amal_door.get(f"{page}mine/"))
    amal_door.post(f"{page}mine/", {"entry": entry, "outcome": "not_reached"})
    refused = amal_door.post(f"{page}mine/", {"entry": entry, "outcome": "coming"})
    assert shows(refused, "answered-already")
    tried_yesterday(entry)
    amal_door.post(f"{page}mine/", {"entry": entry, "outcome": "coming"})
    assert ListEntry.objects.get(pk=entry).outcome == Outcome.COMING


def test_who_wants_no_more_calls_is_heard_whatever_was_answered_before(
    shared_list: PhoneList,
    amal_door: DoorClient,
) -> None:
    page = page_of(shared_list)
    entry = entry_on(amal_door.get(f"{page}mine/"))
    amal_door.post(f"{page}mine/", {"entry": entry, "outcome": "coming"})
    amal_door.post(f"{page}mine/", {"entry": entry, "outcome": "no_more"})
    contact = Contact.objects.get(pk=ListEntry.objects.get(pk=entry).contact_id)
    assert contact.consent_on is None


@pytest.mark.parametrize(
    ("before", "outcome", "after"),
    [
        (Presence.COMING, "not_now", Presence.CANCELLED),
        (Presence.CANCELLED, "coming", Presence.COMING),
        (Presence.CAME, "not_now", Presence.CAME),
        (Presence.MISSED, "coming", Presence.MISSED),
        (Presence.COMING, "not_reached", Presence.COMING),
    ],
)
def test_the_list_of_the_event_follows_what_was_said(
    shared_list: PhoneList,
    amal_door: DoorClient,
    before: Presence,
    outcome: str,
    after: Presence,
) -> None:
    page = page_of(shared_list)
    entry = ListEntry.objects.get(pk=entry_on(amal_door.get(f"{page}mine/")))
    Attendance.objects.create(event=shared_list.event, contact=entry.contact, presence=before)
    amal_door.post(f"{page}mine/", {"entry": entry.pk, "outcome": outcome})
    assert Attendance.objects.get().presence == after


def test_skip_reaches_who_was_tried_before(
    shared_list: PhoneList,
    amal_door: DoorClient,
) -> None:
    page = page_of(shared_list)
    first, second, third = shared_list.entries.order_by("pk").values_list("pk", flat=True)
    tried_yesterday(first)
    seen, after = [], 0
    for _turn in range(4):
        after = entry_on(amal_door.get(f"{page}mine/?after={after}"))
        seen.append(after)
    assert seen == [second, third, first, second]


def test_no_list_is_worked_or_made_after_its_event(
    shared_list: PhoneList,
    bea: Account,
    noor: Account,
    amal_door: DoorClient,
    noor_door: DoorClient,
) -> None:
    page = page_of(shared_list)
    open_tab = entry_on(amal_door.get(f"{page}mine/"))
    end_event(shared_list)
    for address in (page, f"{page}mine/"):
        shown: Any = amal_door.get(address)
        assert shows(shown, "event-is-over")
        assert not shows(shown, "person")
        assert not shows(shown, "my-share")
    assert shows(at_desk(noor).get(f"{page}mine/"), "event-is-over"), "no passphrase is asked for nothing"
    noor_door.post(f"{page}take-over/")
    assert not shared_list.entries.filter(owner=noor).exists()
    amal_door.post(f"{page}mine/", {"entry": open_tab, "outcome": "not_now"})
    assert ListEntry.objects.get(pk=open_tab).outcome == Outcome.NOT_NOW, "a call made before is kept"
    ListEntry.objects.all().delete()
    make = f"/riverside/act/lists/call/{shared_list.call_id}/"
    assert shows(at_desk(bea).get(make), "event-is-over")
    assert shows(at_desk(bea).post(make, {"callers": [noor.pk]}), "event-is-over")
    assert PhoneList.objects.count() == 1
