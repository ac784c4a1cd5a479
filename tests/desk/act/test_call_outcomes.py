"""What comes of a call on a list: a next step, a wrong number, a voice, a person who comes again."""

import pytest
from django.utils import timezone

from massline.desk.act.attendance.models import Attendance
from massline.desk.act.messages.models import DayReached
from massline.desk.act.phone_lists import actions
from massline.desk.act.phone_lists.models import ListEntry, PhoneList
from massline.desk.contacts.decrypted_contacts import open_name_and_point
from massline.desk.guard.keys.passphrase_limit import PASSPHRASE_ACCOUNT
from massline.desk.guard.keys.vault import Vault
from massline.desk.listen.rounds.models import Channel, ListeningRound, Voice
from massline.desk.people.models import Account, Contact, NextStep, Organisation
from tests.conftest import PASSPHRASE, unlocked
from tests.desk.act.news_wishes import entry_on
from tests.parts import field_errors, shows

pytestmark = pytest.mark.usefixtures("called_by_day")


def test_a_next_step_is_one_tap_and_due_when_the_event_is(
    shared_list: PhoneList, riverside: Organisation, amal: Account
) -> None:
    page, door = f"/riverside/act/lists/{shared_list.pk}/mine/", unlocked(amal, riverside)
    assert shows(door.get(page), "how-far", 3, 3)
    door.post(page, {"entry": entry_on(door.get(page)), "outcome": "coming", "step": "bring"})
    step = NextStep.objects.get()
    assert step.due_on == timezone.localdate(shared_list.event.starts_at)
    door.post(page, {"entry": entry_on(door.get(page)), "outcome": "not_now", "step": "bring"})
    assert NextStep.objects.count() == 1, "no step is kept that was not offered for this outcome"
    assert shows(door.get(page), "how-far", 1, 3)
    assert shows(door.get(page), "so-far", 1)


def test_nothing_chosen_keeps_what_was_typed_and_says_so(
    shared_list: PhoneList, riverside: Organisation, amal: Account, round_: ListeningRound
) -> None:
    page, door = f"/riverside/act/lists/{shared_list.pk}/mine/", unlocked(amal, riverside)
    entry = entry_on(door.get(page))
    answer = door.post(page, {"entry": entry, "said": "The lift is broken."})
    assert answer.status_code == 422
    assert shows(answer, "required")
    assert "The lift is broken." in answer.content.decode()
    assert entry_on(answer) == entry


def test_a_wrong_number_is_deleted_and_nobody_else_is_called_by_it(
    shared_list: PhoneList, riverside: Organisation, vault: Vault, amal: Account
) -> None:
    page, door = f"/riverside/act/lists/{shared_list.pk}/mine/", unlocked(amal, riverside)
    entry = ListEntry.objects.get(pk=entry_on(door.get(page)))
    door.post(page, {"entry": entry.pk, "outcome": "wrong_number"})
    contact = Contact.objects.get(pk=entry.contact_id)
    name, point = open_name_and_point(contact, vault)
    assert name.startswith("Person")
    assert point == ""
    assert contact.blind_index is None
    assert not DayReached.objects.exists()


def test_what_somebody_said_becomes_a_voice_without_a_name(
    shared_list: PhoneList, riverside: Organisation, amal: Account, round_: ListeningRound
) -> None:
    page, door = f"/riverside/act/lists/{shared_list.pk}/mine/", unlocked(amal, riverside)
    given = {"entry": entry_on(door.get(page)), "outcome": "not_now", "said": "The lift is broken."}
    door.post(page, given)
    door.post(page, given)
    voice = Voice.objects.get()
    assert voice.text == "The lift is broken."
    assert voice.report.channel == Channel.PHONE
    assert "Person" not in voice.report.round.question


def test_who_is_skipped_comes_again_after_the_others(
    shared_list: PhoneList, riverside: Organisation, amal: Account
) -> None:
    page, door = f"/riverside/act/lists/{shared_list.pk}/mine/", unlocked(amal, riverside)
    first = entry_on(door.get(page))
    second = entry_on(door.get(f"{page}?after={first}"))
    third = entry_on(door.get(f"{page}?after={second}"))
    assert len({first, second, third}) == 3
    assert entry_on(door.get(f"{page}?after={third}")) == first


def test_an_answer_survives_names_that_were_locked_meanwhile(
    shared_list: PhoneList, riverside: Organisation, amal: Account, round_: ListeningRound
) -> None:
    page, door = f"/riverside/act/lists/{shared_list.pk}/mine/", unlocked(amal, riverside)
    given = {"entry": entry_on(door.get(page)), "outcome": "coming", "said": "My sister comes too."}
    door.post("/riverside/guard/lock/")
    asked = door.post(page, given)
    assert shows(asked, "answer-kept")
    assert "My sister comes too." in asked.content.decode()
    assert not Attendance.objects.exists()
    wrong = door.post(page, given | {"passphrase": "seven boats"})
    assert shows(wrong, "wrong-passphrase")
    while PASSPHRASE_ACCOUNT.take(str(amal.pk)) is None:
        pass
    must_wait = door.post(page, given | {"passphrase": PASSPHRASE})
    assert must_wait.status_code == 429
    assert field_errors(must_wait, "passphrase") == ["too-many-tries"]
    assert "My sister comes too." in must_wait.content.decode()
    PASSPHRASE_ACCOUNT.forget()
    door.post(page, given | {"passphrase": PASSPHRASE})
    assert Attendance.objects.count() == 1
    assert Voice.objects.count() == 1
    assert shows(door.get(page), "person"), "the names are open again"


def test_who_is_done_takes_over_some_of_the_others(
    shared_list: PhoneList, riverside: Organisation, amal: Account
) -> None:
    entry = shared_list.entries.order_by("pk").first()
    assert entry is not None
    other = next(holder for holder in actions.possible_callers(riverside) if holder != amal)
    page, door = f"/riverside/act/lists/{shared_list.pk}/", unlocked(other, riverside)
    assert shows(door.get(f"{page}mine/"), "take-over")
    door.post(f"{page}take-over/")
    assert shared_list.entries.filter(owner=other).count() == 2, "amal keeps whom they may have open"
    assert shows(door.get(f"{page}mine/"), "person")
