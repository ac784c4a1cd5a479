"""The decisive night: reports of a made-up house, then 41 people of Block C who are ready to act."""

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from massline.engine.mood import GroupReport, Mood, MoodReadings, document, estimate

CASE = json.loads((Path(__file__).parents[1] / "cases" / "mood_night.json").read_text())
STEPS = range(1, 6)


def reports(lines: Iterable[list[object]]) -> list[GroupReport]:
    return [
        GroupReport(
            date.fromisoformat(str(day)), str(block), {int(str(step)): float(str(people))}, str(channel)
        )
        for day, block, step, people, channel in lines
    ]


@cache
def mood(*parts: str) -> Mood:
    lines = [line for part in parts for line in CASE[part]]
    found = estimate(MoodReadings.from_reports(reports(lines), steps=STEPS), seed=1)
    assert isinstance(found, Mood)
    return found


def test_the_block_that_turns_is_seen_on_the_same_night() -> None:
    tonight = mood("before", "tonight")
    block = tonight.sections.index("Block C")
    assert tonight.mean[block, -1] >= 4.3
    assert tonight.low[block, -1] >= 3.8
    turned = [found for found in tonight.breaks if found.name == "Block C"]
    assert [found.noticed for found in turned] == [date(2026, 11, 30)]
    assert turned[0].since == date(2026, 11, 30)
    assert turned[0].change > 2
    assert turned[0].chance > 0.9


@pytest.mark.parametrize("block", ["Block A", "Block D", "Block E"])
def test_the_others_are_left_in_peace(block: str) -> None:
    before, tonight = mood("before"), mood("before", "tonight")
    place = before.sections.index(block)
    assert abs(tonight.mean[place, -1] - before.mean[place, -1]) <= 0.15


def test_a_night_does_not_rewrite_the_weeks_before_it() -> None:
    before, tonight = mood("before"), mood("before", "tonight")
    assert np.abs(tonight.mean - before.mean)[:, :-1].max() <= 0.15


def test_a_turn_that_is_unsure_rewrites_no_past_either() -> None:
    two = GroupReport(date(2026, 11, 30), "Block C", {5: 2.0}, "door")
    before, found = (
        mood("before"),
        estimate(MoodReadings.from_reports([*reports(CASE["before"]), two], steps=STEPS), seed=1),
    )
    assert isinstance(found, Mood)
    block = found.sections.index("Block C")
    assert not [turn for turn in found.breaks if turn.name == "Block C"]
    assert found.mean[block, -1] > before.mean[block, -1] + 0.3
    assert np.abs(found.mean - before.mean)[block, :-1].max() <= 0.1


def test_what_was_heard_last_stands_beside_the_estimate_plainly_counted() -> None:
    tonight = mood("before", "tonight")
    newest = tonight.newest[tonight.sections.index("Block C")]
    assert newest is not None
    assert newest.day == date(2026, 11, 30)
    assert list(newest.counts) == [0, 1, 2, 0, 41]
    assert newest.people == 44
    assert newest.mean == pytest.approx((2 + 2 * 3 + 41 * 5) / 44)
    assert not newest.is_at_odds
    written = document(tonight).sections[2].newest
    assert written is not None
    assert written.counts == (0, 1, 2, 0, 41)


def test_a_channel_never_heard_before_does_not_move_everybody() -> None:
    lines = [[*line[:4], "horn"] for line in CASE["tonight"] if line[1] == "Block C"]
    readings = MoodReadings.from_reports(reports([*CASE["before"], *lines]), steps=STEPS)
    found, before = estimate(readings, seed=1), mood("before")
    assert isinstance(found, Mood)
    others = [place for place, name in enumerate(before.sections) if name != "Block C"]
    assert np.abs(found.mean - before.mean)[others, -1].max() <= 0.15
