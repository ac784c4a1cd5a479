"""Somebody says which section they belong to, or would rather not; what few people answered stays hidden."""

import pytest
from django.db import models

from massline.square.conversations import actions as conversation_actions
from massline.square.conversations.models import Conversation, OpinionSnapshot, Participant, Value
from massline.square.conversations.results import snapshot
from tests.conftest import DoorClient
from tests.parts import shows
from tests.square.conftest import words_of
from tests.square.conversations.test_voting import answer_next
from tests.votes import vote

ASKED = "which-section"


@pytest.fixture
def sections(talk: Conversation) -> Conversation:
    talk.sections = ["Block A", "Block C", "Block D"]
    talk.save(update_fields=["sections"])
    conversation_actions.add_statement(talk, text="A fourth one.", seed=True)
    return talk


@pytest.mark.parametrize(("said", "kept"), [("Block C", "Block C"), ("", ""), ("Block X", None)])
def test_the_question_comes_once_after_three_answers(
    said: str, kept: str | None, nobody: DoorClient, sections: Conversation
) -> None:
    for _ in range(3):
        assert not shows(nobody.get(sections.get_absolute_url()), ASKED)
        answer_next(nobody, sections, 1)
    page = words_of(nobody.get(sections.get_absolute_url()))
    assert shows(page, ASKED)
    assert page.count('name="section"') == 4
    nobody.post(f"{sections.get_absolute_url()}section/", {"section": said})
    person = Participant.objects.get()
    assert (person.asked_section, person.section) == (kept is not None, kept or "")
    assert shows(nobody.get(sections.get_absolute_url()), ASKED) is (kept is None)


def test_a_stranger_declares_nothing_and_a_conversation_without_sections_asks_nothing(
    nobody: DoorClient, talk: Conversation
) -> None:
    assert nobody.post(f"{talk.get_absolute_url()}section/", {"section": "Block A"}).status_code == 302
    assert not Participant.objects.exists()
    for _ in range(3):
        answer_next(nobody, talk, 1)
    assert not shows(nobody.get(talk.get_absolute_url()), ASKED)


def test_results_tell_sections_and_hide_the_small_and_what_gives_it_away(
    nobody: DoorClient, sections: Conversation
) -> None:
    statement = sections.statements.all()[0]
    for n, (section, count) in enumerate((("Block A", 20), ("Block C", 12), ("Block D", 3))):
        for k in range(count):
            person = conversation_actions.join_conversation(sections, token=f"{n} {k}")
            person.section, person.asked_section = section, True
            person.save()
            value = Value.AGREE if section == "Block A" and k < 15 else Value.DISAGREE
            vote(person, statement, value=value)
    row = snapshot.take_snapshot(sections).document["result"]["statements"][0]
    told = {one["section"]: (one["seen"], one["agree"], one["bound"]) for one in row["said_section"]}
    assert told["Block A"] == (20, 0.75, "")
    # Those who said nothing are none here, so Block D alone would be the rest: one more stays hidden.
    assert set(told) == {"Block A"}
    page = words_of(nobody.get(f"{sections.get_absolute_url()}results/all/"))
    assert shows(page, "section-said")
    assert "Block D" not in page


def test_sections_of_a_statement_change_when_enough_of_one_have_said_theirs(sections: Conversation) -> None:
    statement = sections.statements.all()[0]
    crowd = [conversation_actions.join_conversation(sections, token=str(n)) for n in range(24)]
    for n, person in enumerate(crowd):
        vote(person, statement, value=Value.AGREE if n % 3 else Value.DISAGREE)
    first = snapshot.take_snapshot(sections)
    for n, person in enumerate(crowd[:12], start=1):
        person.section = "Block A"
        person.save(update_fields=["section"])
        again = snapshot.take_snapshot(sections)
        counted = again.sections["open"]["0"]["counts"]["Block A"]
        assert counted[0] == n // 5 * 5
    assert again.votes_seen == first.votes_seen == 24


@pytest.mark.parametrize("odd", [{"open": {"0": {"counts": 7}}}, {"open": 7}, [7]])
def test_sections_whose_last_figures_cannot_be_read_stay_hidden(sections: Conversation, odd: object) -> None:
    """Shown anew at once, they could be compared with those that were shown before, and one person be known."""
    statement = sections.statements.all()[0]
    for n in range(25):
        person = conversation_actions.join_conversation(sections, token=str(n))
        person.section = "Block A"
        person.save(update_fields=["section"])
        vote(person, statement, value=Value.AGREE)
    told = snapshot.take_snapshot(sections).document["result"]["statements"][0]["said_section"]
    assert [one["section"] for one in told] == ["Block A"]
    OpinionSnapshot.objects.update(sections=odd)
    for _edition in range(2):
        newest = snapshot.take_snapshot(sections)
        assert newest.document["result"]["statements"][0].get("said_section", []) == []
        assert OpinionSnapshot.objects.get(pk=newest.pk).sections["open"]["0"] is None


def test_a_count_of_an_invitation_that_cannot_be_read_stays_hidden() -> None:
    column = OpinionSnapshot._meta.get_field("ways")
    expression = models.expressions.Col("alias", column)
    assert column.from_db_value('{"1": 7, "2": "x"}', expression, None) == {"1": 7, "2": None}
    assert column.from_db_value("[7]", expression, None) is None
