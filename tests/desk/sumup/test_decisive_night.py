"""The night a section turns, through the pages: reports are written at the door, and the board is read."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from massline.desk.listen.rounds import actions as round_actions
from massline.desk.listen.rounds.models import ListeningRound
from massline.desk.people.models import Account, Organisation, Section
from massline.desk.sumup.claims import actions as sum_ups
from massline.desk.sumup.estimates.mood import take_mood_snapshot
from tests.conftest import at_desk
from tests.desk import heard_round
from tests.open_forms import open_form
from tests.parts import part

CASE = json.loads((Path(__file__).parents[2] / "engine" / "cases" / "mood_night.json").read_text())
TONIGHT = datetime(2026, 11, 30, 20, tzinfo=UTC)


@pytest.fixture
def round_(riverside: Organisation, bea: Account) -> ListeningRound:
    """Four weeks of reports from five blocks."""
    for name in ("Block B", "Block D", "Block E"):
        Section.objects.create(organisation=riverside, name=name, headcount=80)
    with time_machine.travel(TONIGHT, tick=False):
        round_ = round_actions.open_round(
            organisation=riverside,
            question="What should change about the heating?",
            closes_on=TONIGHT.date().replace(month=12, day=20),
            by=bea,
        )
        for day, block, step, people, _channel in CASE["before"]:
            when = datetime.fromisoformat(day).date()
            heard_round.write(round_, bea, block, [], people=people, mood=step, day=when)
    return round_


def board(round_: ListeningRound, bea: Account) -> tuple[dict[str, list[float]], str]:
    """The mood of each section on the board by week, 1 to 5, and the page, as it stands tonight."""
    with time_machine.travel(TONIGHT, tick=False):
        take_mood_snapshot(round_.organisation)
        sum_up = sum_ups.begin_sum_up(round_=round_, title="Cold", by=bea)
        page = at_desk(bea).get(f"/riverside/sum-up/{sum_up.pk}/words/")
    board = page.context["bench"].mood
    assert {row.section for row in board.rows} == {section.section for section in board.sections}
    return {
        section.section: [point.mean for point in section.series] for section in board.sections
    }, page.content.decode()


def test_the_block_that_turns_is_seen_and_the_others_do_not_move(
    round_: ListeningRound, bea: Account
) -> None:
    """Case N5."""
    before, _page = board(round_, bea)
    with time_machine.travel(TONIGHT, tick=False):
        write = f"/riverside/listen/{round_.pk}/write/"
        for block, people in (("Block C", 12), ("Block C", 14), ("Block C", 15)):
            form = open_form(at_desk(bea).get(write).content.decode(), "people")
            section = round_.sections.get(name=block)
            sent = form | {
                "section": [str(section.pk)],
                "channel": ["meeting"],
                "people": [str(people)],
                "mood": ["5"],
                "text_0": ["We are ready."],
            }
            assert at_desk(bea).post(write, sent).status_code == 302
    after, page = board(round_, bea)
    assert after["Block C"][-1] > 4 > 2.6 > before["Block C"][-1]
    assert "Block C" in part(page, "mood-changes")
    assert not any(name in part(page, "mood-changes") for name in before if name != "Block C")
    for name in before:
        moved = [abs(now - then) for now, then in zip(after[name], before[name], strict=True)]
        assert max(moved if name != "Block C" else moved[:-1]) <= 0.2, name
