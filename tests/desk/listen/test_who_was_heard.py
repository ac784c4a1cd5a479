"""Who answered online has been heard: said beside who was talked with, never added up, on every page alike."""

from datetime import date

import pytest

from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.coverage import section_coverage
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation, Section
from massline.desk.sumup.claims.cited_figures import CitedData
from massline.desk.sumup.claims.report_back import report_basis_of_round
from massline.square.conversations.actions import join_conversation
from massline.square.conversations.models import Conversation, Participant, Value
from massline.square.conversations.results.snapshot import take_snapshot
from massline.square.conversations.voting.vote_batch_writer import Answer, save_answers
from tests.conftest import at_desk
from tests.parts import shows
from tests.votes import tell_everything


@pytest.fixture
def round_(riverside: Organisation, bea: Account, tomorrow: date) -> ListeningRound:
    Section.objects.filter(organisation=riverside).update(headcount=64)
    return round_actions.open_round(
        organisation=riverside,
        question="What first?",
        closes_on=tomorrow,
        by=bea,
        seeds=["Mend.", "Wait."],
    )


def let_answer(round_: ListeningRound, section: str, people: int) -> Conversation:
    talk = round_actions.conversation_of(round_)
    assert talk is not None
    for number in range(people):
        person = join_conversation(talk, token=f"{section} {number}")
        Participant.objects.filter(pk=person.pk).update(section=section)
        save_answers(
            [Answer(person.pk, statement.pk, Value.AGREE) for statement in talk.statements.all()],
            conversations=[],
        )
    tell_everything(talk)
    take_snapshot(talk)
    return talk


def test_thirteen_who_answered_online_are_told_and_nobody_is_nagged(
    round_: ListeningRound, bea: Account
) -> None:
    """N2: the page said "0 of 64" and Today nagged, while the report said that every section was heard."""
    let_answer(round_, "Block A", 13)
    let_answer(round_, "Block C", 13)
    page = at_desk(bea).get(f"/riverside/listen/{round_.pk}/")
    assert shows(page, "talked-with", 0, 64)
    assert shows(page, "answered-online", 10)
    assert not shows(page, "go-here-next")
    assert not shows(at_desk(bea).get("/riverside/"), "hardly-heard")


def test_the_report_and_the_check_of_numbers_count_the_same_sections(round_: ListeningRound) -> None:
    let_answer(round_, "Block A", 13)
    basis = report_basis_of_round(round_)
    assert (basis.sections, basis.sections_of, basis.people, basis.participants) == (1, 2, 0, 13)
    (sections,) = [figure for figure in CitedData(round_).general if figure.whole == 2 and figure.part == 1]
    assert sections.part == sum(1 for row in section_coverage(round_) if row.reached)


def test_fewer_than_may_be_told_are_not_told_and_the_section_is_still_to_be_heard(
    round_: ListeningRound, bea: Account
) -> None:
    let_answer(round_, "Block A", 4)
    let_answer(round_, "Block C", 13)
    door = at_desk(bea)
    assert [(row.section.name, row.online) for row in section_coverage(round_)] == [
        ("Block A", 0),
        ("Block C", 10),
    ]
    assert shows(door.get(f"/riverside/listen/{round_.pk}/"), "go-here-next")
    assert shows(door.get("/riverside/"), "hardly-heard")


def test_whoever_was_talked_with_and_answered_is_not_counted_twice(
    round_: ListeningRound, bea: Account
) -> None:
    let_answer(round_, "Block A", 13)
    door = at_desk(bea)
    section = Section.objects.get(name="Block A")
    form = {
        "section": section.pk,
        "channel": "meeting",
        "people": "12",
        "text_0": "It is cold.",
        "kind_0": "said",
    }
    page = door.get(f"/riverside/listen/{round_.pk}/write/")
    form["uuid"] = page.context["form"].initial.get("uuid") or page.context["form"]["uuid"].value()
    door.post(f"/riverside/listen/{round_.pk}/write/", form)
    (row,) = [row for row in section_coverage(round_) if row.section == section]
    assert (row.heard, row.online, row.reached) == (12, 10, 12)
