"""A call reaches those who asked to be told: sealed wishes, lists shared out fairly, one person at a time, results counted."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from massline.desk.act.attendance.models import Attendance, Presence
from massline.desk.act.events.models import Event
from massline.desk.act.messages.models import DayReached
from massline.desk.act.phone_lists import actions, call_outcomes
from massline.desk.act.phone_lists.caller_shares import count_outcomes
from massline.desk.act.phone_lists.models import Basis, ListEntry, Outcome, PhoneList
from massline.desk.act.phone_lists.phone_script import build_phone_script
from massline.desk.act.subscriptions.models import Subscription
from massline.desk.call.models import Call
from massline.desk.call.urgent_calls.models import UrgentRequest
from massline.desk.guard.keys.vault import Vault
from massline.desk.people.models import Account, Contact, Organisation, Section
from massline.square.envelopes.models import Envelope
from massline.square.organisations.models import PublicOrganisation
from tests.conftest import DoorClient, at_desk, unlocked
from tests.desk.act.news_wishes import ask, collect, many
from tests.desk.decided_loop import decide, say_yes, write_call
from tests.parts import expect_refusal, field_errors, shows

pytestmark = pytest.mark.usefixtures("called_by_day")


def test_a_wish_is_sealed_opened_by_kind_and_section_and_ended_without_a_login(
    nobody: DoorClient, riverside: Organisation, face: PublicOrganisation, vault: Vault
) -> None:
    assert shows(nobody.get("/riverside/"), "ask-to-be-told")
    assert field_errors(ask(nobody, "Rosa", "+49 170 123", wants=[]), "wants") == ["required"]
    kept = ask(nobody, "Rosa", "+49 170 12345", section="block c", language="es").headers["Location"]
    assert shows(nobody.get(kept), "wish-kept")
    assert b"Rosa" not in bytes(Envelope.objects.get().sealed or b"")
    collect(riverside, vault)
    wish = Subscription.objects.get()
    assert (wish.calls, wish.meetings, wish.contact.language) == (True, False, "es")
    assert wish.section == Section.objects.get(name="Block C")
    nobody.post(kept)
    assert shows(nobody.get(kept), "wish-ended")
    collect(riverside, vault)
    assert not Subscription.objects.exists()


def test_a_list_is_shared_out_fairly_and_opened_one_at_a_time(
    riverside: Organisation, call: Call, vault: Vault, amal: Account, bea: Account
) -> None:
    many(riverside, vault, 7)
    organiser = at_desk(bea)
    make = f"/riverside/act/lists/call/{call.pk}/"
    assert shows(organiser.get(f"/riverside/call/{call.pk}/"), "tell-those-who-asked")
    assert shows(organiser.get(make), "people-to-tell", 7)
    assert shows(organiser.post(make, {"callers": []}), "nobody-calls")
    callers = [holder.pk for holder in actions.possible_callers(riverside)]
    assert len(callers) == 2
    page = organiser.post(make, {"callers": callers, "words": "Bring a lamp."}).headers["Location"]
    assert sorted(Counter(ListEntry.objects.values_list("owner", flat=True)).values()) == [3, 4]
    assert shows(organiser.post(make, {"callers": callers}), "nobody-to-tell"), "nobody is on two lists"
    assert organiser.get(f"{page}mine/").status_code == 404, "organisers open no names"
    door = unlocked(amal, riverside)
    assert shows(door.get("/riverside/"), "phone-list")
    shown = door.get(f"{page}mine/")
    for part in ("person", "tap-to-call", "tap-to-text", "script"):
        assert shows(shown, part)
    text = shown.content.decode()
    assert sum(f"Person {number}" in text for number in range(7)) == 1
    assert "tel:+49170123" in text
    assert "Bring a lamp." in text


def test_outcomes_are_counted_and_who_wants_no_more_is_left_alone(
    riverside: Organisation, call: Call, vault: Vault, amal: Account, bea: Account
) -> None:
    many(riverside, vault, 5)
    event = Event.objects.get(call=call)
    made = actions.create_phone_list(event=event, call=call, basis=Basis.ASKED, callers=[amal], by=bea)
    page, door = f"/riverside/act/lists/{made.pk}/", unlocked(amal, riverside)
    for outcome in Outcome:
        entry = made.entries.waiting().filter(outcome="").first()
        assert entry is not None
        given = {"entry": entry.pk, "outcome": outcome.value}
        door.post(f"{page}mine/", given | ({"next_what": "Bring one"} if outcome == Outcome.COMING else {}))
        door.post(f"{page}mine/", given)
    assert [n for _label, n in count_outcomes(made)] == [1, 1, 1, 1, 1]
    assert shows(door.get(f"{page}mine/"), "share-done"), "who was not reached has their turn tomorrow"
    coming = Attendance.objects.get(event=event)
    assert coming.presence == Presence.COMING
    assert coming.contact.next_steps.get().what == "Bring one"
    assert Contact.objects.filter(consent_on=None).count() == 1
    assert Subscription.objects.count() == 4
    assert DayReached.objects.count() == 3
    ListEntry.objects.filter(outcome=Outcome.NOT_REACHED).update(
        done_on=timezone.localdate() - timedelta(days=1)
    )
    assert made.entries.waiting().count() == 1


def test_nobody_gets_two_messages_a_day_unasked(
    riverside: Organisation, call: Call, vault: Vault, amal: Account, bea: Account
) -> None:
    many(riverside, vault, 1)
    event = Event.objects.get(call=call)
    made = actions.create_phone_list(event=event, call=call, basis=Basis.ASKED, callers=[amal], by=bea)
    person = actions.open_next_person(made, account=amal, vault=vault)
    assert person is not None
    call_outcomes.record_outcome(entry=person.entry, outcome=Outcome.NOT_NOW, vault=vault, by=amal)
    ListEntry.objects.update(outcome="", done_on=None)
    assert actions.open_next_person(made, account=amal, vault=vault) is None
    DayReached.objects.update(day=timezone.localdate() - timedelta(days=1))
    assert actions.open_next_person(made, account=amal, vault=vault) is not None


def test_those_who_signed_up_are_called_when_something_changed(
    riverside: Organisation, call: Call, vault: Vault, amal: Account, bea: Account
) -> None:
    event = Event.objects.get(call=call)
    say_yes(riverside, event.uuid, "Rosa", "rosa@example.org")
    say_yes(riverside, event.uuid, "Ines", "+49 170 7654321")
    collect(riverside, vault)
    organiser = at_desk(bea)
    assert shows(organiser.get(f"/riverside/act/{event.pk}/"), "call-sign-ups")
    make = f"/riverside/act/lists/event/{event.pk}/"
    page = organiser.post(make, {"callers": [amal.pk]}).headers["Location"]
    door = unlocked(amal, riverside)
    links = []
    for _turn in range(2):
        shown = door.get(f"{page}mine/")
        links.append("mail" if shows(shown, "tap-to-mail") else "phone")
        entry = shown.content.decode().split('name="entry" value="')[1].split('"')[0]
        door.post(f"{page}mine/", {"entry": entry, "outcome": "coming"})
    assert sorted(links) == ["mail", "phone"]
    assert shows(door.get(page), "left-to-call", 0)


def test_the_words_are_in_the_language_that_somebody_wrote(
    riverside: Organisation, call: Call, bea: Account
) -> None:
    made = PhoneList.objects.create(
        organisation=riverside, event=Event.objects.get(call=call), call=call, basis=Basis.ASKED
    )
    script = build_phone_script(made, name="Rosa", point="+49 170 123 45 67", language="en")
    assert script.call_link == "tel:+491701234567"
    assert script.text_link.startswith("sms:+491701234567?&body=")
    assert call.slogan in script.text
    assert build_phone_script(made, name="Rosa", point="@rosa", language="en").call_link == ""


def test_nobody_is_called_at_night_unless_two_said_it_is_about_tonight(
    monkeypatch: pytest.MonkeyPatch,
    riverside: Organisation,
    call: Call,
    vault: Vault,
    amal: Account,
    bea: Account,
) -> None:
    many(riverside, vault, 1)
    monkeypatch.setattr(actions, "is_quiet_hour", lambda now, zone: True)
    event = Event.objects.get(call=call)
    made = actions.create_phone_list(event=event, call=call, basis=Basis.ASKED, callers=[amal], by=bea)
    page, door = f"/riverside/act/lists/{made.pk}/mine/", unlocked(amal, riverside)
    assert shows(door.get(page), "quiet-hours")
    urgent = UrgentRequest.objects.create(call=call, why="Now", version="", asked_by=bea, tonight=True)
    assert shows(door.get(page), "quiet-hours"), "one person alone decides nothing"
    UrgentRequest.objects.filter(pk=urgent.pk).update(seconded_by=amal, seconded_at=timezone.now())
    assert shows(door.get(page), "person")


def test_a_draft_tells_nobody(riverside: Organisation, bea: Account) -> None:
    draft = write_call(decide(riverside, bea), bea)
    assert shows(at_desk(bea).get(f"/riverside/act/lists/call/{draft.pk}/"), "no-event-yet")
    event_of_another = PhoneList.objects.filter(call=draft)
    assert not event_of_another.exists()


def test_whoever_did_not_ask_is_on_no_list(
    riverside: Organisation, call: Call, amal: Account, bea: Account
) -> None:
    with expect_refusal("nobody-to-tell"):
        actions.create_phone_list(
            event=Event.objects.get(call=call), call=call, basis=Basis.ASKED, callers=[amal], by=bea
        )


def test_those_who_signed_up_for_a_meeting_without_a_call_can_be_called(
    bea: Account, riverside: Organisation
) -> None:
    start = timezone.now() + timedelta(days=3)
    meeting = Event.objects.create(
        organisation=riverside,
        kind="mass_meeting",
        title="Open evening",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place="The laundry",
    )
    page = at_desk(bea).get(f"/riverside/act/lists/event/{meeting.pk}/")
    assert page.status_code == 200
    assert shows(page, "people-to-tell", 0)
