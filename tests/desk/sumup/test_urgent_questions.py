"""A question about tonight stands before an old one, and its answer is at hand wherever people ask."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from massline.desk.act.events.models import Event
from massline.desk.home.voice_todos import question_todos
from massline.desk.listen.field_reports.actions import VoiceText
from massline.desk.listen.rounds.models import FieldReport, ListeningRound, Voice, VoiceKind
from massline.desk.people.models import Account, Organisation
from massline.desk.sumup.questions.models import Answer
from massline.desk.sumup.questions.open_questions import list_open_questions
from massline.square.calls.models import PublicEvent
from massline.square.conversations.models import Statement
from massline.square.reports.models import PublicAnswer
from tests.conftest import DoorClient, at_desk
from tests.desk import heard_round
from tests.desk.heard_round import WHO_PAYS
from tests.parts import field_errors, holds, shows

TONIGHT = "Where do we meet tonight?"
ANSWER = {"text": "In the yard of Block C.", "sources": "The call"}


def ask(round_: ListeningRound, by: Account, text: str, *, days_ago: int = 0) -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    heard_round.write(round_, by, "Block A", [VoiceText(text, kind=VoiceKind.QUESTION)], day=day)


@pytest.fixture
def tonight(meeting: Event) -> PublicEvent:
    """The mass meeting, moved to the next hours."""
    event = PublicEvent.objects.get(uuid=meeting.uuid)
    event.starts_at, event.ends_at = timezone.now() + timedelta(hours=3), timezone.now() + timedelta(hours=5)
    event.save()
    return event


def test_a_question_about_tonight_stands_before_an_older_one_that_more_ask(
    heating: ListeningRound, bea: Account
) -> None:
    ask(heating, bea, WHO_PAYS, days_ago=5)
    ask(heating, bea, TONIGHT)
    waiting = list_open_questions(heating.organisation)
    assert [question.text for question in waiting] == [TONIGHT, WHO_PAYS]
    assert shows(at_desk(bea).get("/riverside/sum-up/answers/").content.decode(), "about-the-next-hours")


def test_what_was_asked_about_a_night_long_past_is_not_urgent(heating: ListeningRound, bea: Account) -> None:
    ask(heating, bea, TONIGHT, days_ago=3)
    assert not any(question.urgency for question in list_open_questions(heating.organisation))


def test_a_question_that_names_the_place_of_tonights_event_is_about_it(
    heating: ListeningRound, bea: Account, tonight: PublicEvent
) -> None:
    ask(heating, bea, f"Are there steps at {tonight.place}?")
    first = list_open_questions(heating.organisation)[0]
    assert first.urgency is not None
    assert first.urgency.event is not None
    assert first.urgency.event.uuid == tonight.uuid


def test_a_question_of_today_has_waited_for_no_days(heating: ListeningRound, bea: Account) -> None:
    """D8: Today said “One has waited for 0 days”."""
    Voice.objects.all().delete()
    Statement.objects.all().delete()
    ask(heating, bea, "Who pays for the new boiler?")
    organisation = heating.organisation
    (item,) = question_todos(organisation, list_open_questions(organisation))
    assert item.why in at_desk(bea).get("/riverside/").content.decode()
    assert not any(sign.isdigit() for sign in item.why)
    FieldReport.objects.update(day=timezone.localdate() - timedelta(days=3))
    (item,) = question_todos(organisation, list_open_questions(organisation))
    assert holds(item.why, 3)


def test_today_says_what_people_ask_today_and_what_cannot_wait(
    heating: ListeningRound, bea: Account, chen: Account
) -> None:
    ask(heating, bea, TONIGHT)
    page = at_desk(bea).get("/riverside/").content.decode()
    assert shows(page, "asked-lately", TONIGHT)
    assert shows(page, "asked-urgently"), "what cannot wait is not folded away"
    assert shows(page, "urgent-questions")
    assert page.index(TONIGHT) < page.index("open-questions")
    assert not shows(page, "asked-lately", WHO_PAYS), "an old question is no question of today"
    key = list_open_questions(heating.organisation)[0].key
    assert f"/answers/{key}/" not in at_desk(chen).get("/riverside/").content.decode()


def test_an_answer_about_an_event_stands_on_its_page_in_the_leaflet_and_at_the_door(
    heating: ListeningRound, bea: Account, tonight: PublicEvent, nobody: DoorClient
) -> None:
    ask(heating, bea, TONIGHT)
    asked = list_open_questions(heating.organisation)[0]
    door = at_desk(bea)
    address = f"/riverside/sum-up/answers/{asked.key}/"
    assert f'value="{tonight.uuid}" selected' in door.get(address).content.decode()
    door.post(address, {**ANSWER, "event": str(tonight.uuid)})
    assert Answer.objects.get().event == PublicAnswer.objects.get().event == tonight.uuid
    page = nobody.get(f"/riverside/events/{tonight.uuid}/").content.decode()
    assert shows(page, "asked-about-this")
    assert ANSWER["text"] in page
    sheet = nobody.get(f"/riverside/answers/sheet.pdf?event={tonight.uuid}")
    assert sheet.content.startswith(b"%PDF")
    report = door.get(f"/riverside/listen/{heating.pk}/write/").content.decode()
    assert shows(report, "answers-at-hand")
    assert ANSWER["text"] in report


def test_there_is_no_leaflet_before_the_first_answer(riverside: Organisation, nobody: DoorClient) -> None:
    assert nobody.get("/riverside/answers/sheet.pdf").status_code == 404


def test_an_event_that_is_not_ours_cannot_be_chosen(
    heating: ListeningRound, bea: Account, tonight: PublicEvent
) -> None:
    ask(heating, bea, TONIGHT)
    asked: Any = list_open_questions(heating.organisation)[0]
    page = at_desk(bea).post(
        f"/riverside/sum-up/answers/{asked.key}/", {**ANSWER, "event": str(heating.organisation.uuid)}
    )
    assert field_errors(page.content.decode(), "event") == ["invalid-choice"]
    assert not Answer.objects.exists()
