"""The answers desk: what people asked is answered in the open, and how long it took stands beside it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from massline.desk.listen.field_reports.actions import VoiceText
from massline.desk.listen.rounds.models import ListeningRound, VoiceKind
from massline.desk.people.models import Account
from massline.desk.sumup.estimates.models import ThemeSnapshot
from massline.desk.sumup.estimates.themes import take_theme_snapshot
from massline.desk.sumup.questions import actions
from massline.desk.sumup.questions.models import Answer
from massline.desk.sumup.questions.open_questions import list_open_questions
from massline.engine.result_documents import canonical_bytes
from massline.square.reports.models import PublicAnswer
from tests.conftest import DoorClient, at_desk
from tests.desk import heard_round
from tests.desk.heard_round import WHO_PAYS
from tests.parts import expect_refusal, shows


def ask(
    round_: ListeningRound, by: Account, text: str, *, days_ago: int = 0, day: date | None = None
) -> None:
    day = day or timezone.localdate() - timedelta(days=days_ago)
    heard_round.write(round_, by, "Block A", [VoiceText(text, kind=VoiceKind.QUESTION)], day=day)


def test_questions_stand_by_how_many_ask_and_then_by_how_long_they_wait(
    heating: ListeningRound, bea: Account
) -> None:
    ask(heating, bea, "who pays, if we lose??", day=date(2026, 10, 1))
    ask(heating, bea, "When is the next meeting?", days_ago=20)
    ask(heating, bea, "Is it legal?", days_ago=2)
    found = list_open_questions(heating.organisation)
    assert [(one.text, one.times) for one in found] == [
        ("who pays, if we lose??", 2),
        ("When is the next meeting?", 1),
        ("Is it legal?", 1),
    ]
    assert found[0].places == ["Block A", "Block C"]
    assert found[1].days == 20


def test_nearly_the_same_words_lie_side_by_side_and_are_never_merged_unasked(
    heating: ListeningRound, bea: Account, settings: Any, tmp_path: Path
) -> None:
    settings.EMBEDDER, settings.DATA = "letters", tmp_path
    first, second = "Who pays for the new boiler in our house?", "Who pays for the new boiler in our houses?"
    ask(heating, bea, first, days_ago=3)
    ask(heating, bea, second)
    for n in range(12):
        heard_round.write(
            heating, bea, "Block C", [VoiceText(f"Sentence {n} is about the stairs of house {n}")]
        )
    take_theme_snapshot(heating)
    asked = next(one for one in list_open_questions(heating.organisation) if one.text == first)
    assert [one.text for one in asked.near] == [second]
    door = at_desk(bea)
    assert shows(door.get("/riverside/sum-up/answers/").content.decode(), "nearly-same")
    address = f"/riverside/sum-up/answers/{asked.key}/"
    assert shows(door.get(address).content.decode(), "question-joined")
    door.post(address, {"text": "The landlord."})
    assert [one.text for one in list_open_questions(heating.organisation) if "boiler" in one.text] == [second]


def test_very_many_that_ask_nearly_the_same_are_counted_and_asked_for_at_once(
    heating: ListeningRound, bea: Account, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(9):
        ask(heating, bea, f"Who pays for boiler {n}?", days_ago=9 - n)
    waiting = list_open_questions(heating.organisation)
    asked = next(one for one in waiting if one.text == "Who pays for boiler 0?")
    same = sorted(one.key for one in waiting if "boiler" in one.text)
    made = take_theme_snapshot(heating)
    told = replace(made.estimate, result=replace(made.estimate.result, near_copies=(tuple(same),)))
    ThemeSnapshot.objects.filter(pk=made.pk).update(body=canonical_bytes(told))
    door = at_desk(bea)
    with django_assert_max_num_queries(16, using="desk"):
        page = door.get("/riverside/sum-up/answers/").content.decode()
    assert shows(page, "more-nearly-same", 3)
    with django_assert_max_num_queries(18, using="desk"):
        page = door.get(f"/riverside/sum-up/answers/{asked.key}/").content.decode()
    assert all(f"Who pays for boiler {n}?" in page for n in range(9)), "not every one of them can be ticked"


def test_an_answer_stands_on_the_square_with_its_sources_and_the_days_it_took(
    heating: ListeningRound, bea: Account, nobody: DoorClient
) -> None:
    ask(heating, bea, "Is it legal?", days_ago=4)
    legal = next(one for one in list_open_questions(heating.organisation) if one.text == "Is it legal?")
    pays = next(one for one in list_open_questions(heating.organisation) if one.text == WHO_PAYS)
    given = {"text": "Yes, and the fund pays.", "sources": "Tenancy law, § 536\nhttps://example.org/law"}
    door = at_desk(bea)
    door.post(f"/riverside/sum-up/answers/{legal.key}/", {**given, "also": pays.key})
    answer = Answer.objects.get()
    assert (answer.question, answer.by, answer.answered.count()) == ("Is it legal?", bea, 2)
    assert list_open_questions(heating.organisation) == []
    page = nobody.get("/riverside/answers/").content.decode()
    for words in ("“Is it legal?”", "Yes, and the fund pays.", "Tenancy law, § 536", "after"):
        assert words in page
    assert WHO_PAYS not in page
    assert "Block" not in page
    assert shows(nobody.get("/riverside/").content.decode(), "asked")
    assert PublicAnswer.objects.get().uuid == answer.uuid
    assert PublicAnswer.objects.get().days_waited == (timezone.localdate() - date(2026, 11, 12)).days
    assert shows(door.get("/riverside/sum-up/answers/").content.decode(), "all-answered")


def test_two_organisers_cannot_answer_the_same_question_twice(heating: ListeningRound, bea: Account) -> None:
    questions = list_open_questions(heating.organisation)
    actions.answer_questions(organisation=heating.organisation, questions=questions, text="The fund.", by=bea)
    with expect_refusal("already-answered"):
        actions.answer_questions(
            organisation=heating.organisation, questions=questions, text="Nobody.", by=bea
        )
    assert PublicAnswer.objects.get().text == "The fund."


def test_a_question_that_names_somebody_goes_out_masked_and_only_after_a_look(
    heating: ListeningRound, bea: Account, nobody: DoorClient
) -> None:
    ask(heating, bea, "Why does Maria Lopez not answer 0151 23456789?")
    asked = next(one for one in list_open_questions(heating.organisation) if "not answer" in one.text)
    assert asked.text == "Why does […] not answer […]?"
    door, address = at_desk(bea), f"/riverside/sum-up/answers/{asked.key}/"
    page = door.post(address, {"text": "She is ill."}).content.decode()
    assert shows(page, "question-may-point-at-somebody")
    assert "She is ill." in page
    assert not PublicAnswer.objects.exists()
    door.post(address, {"text": "She is ill.", "as_shown": "on"})
    square = nobody.get("/riverside/answers/").content.decode()
    assert "Why does […] not answer […]?" in square
    assert "Lopez" not in square


def test_chen_reads_the_desk_and_answers_nothing(heating: ListeningRound, chen: Account) -> None:
    door = at_desk(chen)
    page = door.get("/riverside/sum-up/answers/").content.decode()
    assert WHO_PAYS in page
    assert not shows(page, "answer-question")
    key = list_open_questions(heating.organisation)[0].key
    assert door.post(f"/riverside/sum-up/answers/{key}/", {"text": "x"}).status_code == 404
