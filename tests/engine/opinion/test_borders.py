"""Every border is put on trial: a small knot lends nobody its empty border, and a verdict near its border says so."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from massline.engine import opinion
from massline.engine.opinion.borders import (
    count_large_groups,
    find_knots,
    is_refinement,
    join_cells,
    read_cut,
    small_cells,
)
from massline.engine.opinion.evidence_schema import SeedVerdict
from massline.engine.opinion.group_decision import needs_another_seed
from massline.engine.opinion.group_outcome import SeedFinding
from massline.engine.opinion.group_test import Separation
from massline.engine.opinion.groups import Partition, nearest_centres, partition_by
from massline.engine.opinion.map_schema import Knot
from massline.engine.votes import VoteTable
from tests.engine.opinion.conversations import one_cloud, two_camps

CASES = json.loads((Path(__file__).parents[1] / "cases" / "opinion_borders.json").read_text())


def cut_of(sizes: list[int]) -> Partition:
    """Cells of these sizes, a step of ten apart."""
    centers = np.linspace(0.0, 10.0 * (len(sizes) - 1), len(sizes))[:, None]
    return partition_by(np.repeat(centers, sizes, axis=0), centers)


def with_knot(people: int, statements: int, knot: int, *, seed: int) -> VoteTable:
    """A continuous cloud, and a few people who follow one script but for slips."""
    rng = np.random.default_rng([seed, 1])
    script = rng.choice([-1, 1], statements)
    rows = one_cloud(people, statements, seed=seed)
    for who in range(people, people + knot):
        for which in np.flatnonzero(rng.random(statements) < 0.5).tolist():
            rows.append((who, which, int(script[which]) * (-1 if rng.random() < 0.1 else 1)))
    return VoteTable.from_rows(rows)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["desc"][:40])
def test_borders_worked_by_hand(case: dict[str, Any]) -> None:
    cells = np.array(case["cells"], np.int32)
    centers = np.array(case["centers"], float)[:, None]
    cut = Partition(centers, cells, 0.0, cells, np.arange(len(centers), dtype=np.int32))
    found = read_cut(np.array(case["points"], float)[:, None], cut)
    assert {str(parts): reading.least for parts, reading in found.items()} == pytest.approx(case["least"])


@given(st.integers(2, 5), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_joining_cells_never_makes_the_least_empty_border_fuller(k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(60, 2))
    cut = partition_by(points, points[rng.choice(60, k, replace=False)])
    found = read_cut(points, cut)
    assert sorted(found) == list(range(2, k + 1))
    least = [found[parts].least for parts in sorted(found)]
    assert least == sorted(least, reverse=True)
    for parts, reading in found.items():
        assert reading.partition.count == parts
        assert reading.partition.sizes.sum() == 60
        assert is_refinement(cut, reading.partition)


@given(st.integers(2, 5), st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_joined_cells_stay_cells(k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(50, 2))
    cut = partition_by(points, points[rng.choice(50, k, replace=False)])
    part = np.unique(rng.integers(0, 2, k), return_inverse=True)[1]
    found = join_cells(cut, part)
    assert (found.labels == found.group_of[nearest_centres(points, found.centers)[0]]).all()
    assert (np.diff(found.sizes) <= 0).all()
    again = partition_by(points, found.centers, found.group_of)
    assert again.sizes.tolist() == found.sizes.tolist()


def test_a_part_of_one_in_eight_is_a_knot_and_makes_no_groups() -> None:
    for sizes, small, groups in (([56, 8], (1,), 1), ([55, 9], (), 2), ([40, 40, 8], (2,), 2), ([64], (), 1)):
        cut = cut_of(sizes)
        assert find_knots(cut) == small
        assert count_large_groups(cut, small) == groups


def test_small_cells_are_tried_alone_once() -> None:
    worlds = small_cells([cut_of([50, 40, 10]), cut_of([50, 40, 10]), cut_of([70, 30])])
    assert [world.sizes.tolist() for world in worlds] == [[90, 10]]


def test_a_knot_beside_a_cloud_cuts_nobody_and_is_named() -> None:
    found = opinion.estimate(with_knot(600, 40, 60, seed=2), seed=2)
    assert isinstance(found.outcome, opinion.Spectrum)
    assert found.outcome.knots == pytest.approx((60,), abs=25)
    written = opinion.document(found).result
    assert written.result == "spectrum"
    assert written.groups == ()
    assert len(written.knots) == 1


def test_a_knot_of_fewer_than_ten_is_told_of_without_its_number() -> None:
    found = opinion.estimate(VoteTable.from_rows(one_cloud(60, 10, seed=1)), seed=1)
    outcome = opinion.Spectrum("beside a small knot", None, (12, 9))
    object.__setattr__(found, "outcome", outcome)
    assert opinion.document(found).result.knots == (Knot(people=12), Knot(people=None))


@pytest.mark.parametrize(
    ("verdicts", "agreed"),
    [
        ({2: 1}, True),
        ({1: 1, 2: 4}, True),
        ({1: 2, 2: 3}, False),
        ({1: 2, 2: 2}, False),
        ({3: 2, 4: 3}, True),
    ],
)
def test_four_of_five_seeds_must_agree(verdicts: dict[int, int], agreed: bool) -> None:
    separation = Separation({}, {}, {}, {}, 10, 8, 100, verdicts=verdicts)
    assert separation.agreed is agreed
    assert opinion.Spectrum("", separation).too_close is not agreed


def test_seeds_are_asked_until_four_agree_or_cannot_any_more() -> None:
    one, two = SeedFinding(None, "", None), SeedFinding(cut_of([50, 50]), "", None)
    assert needs_another_seed([one])
    assert needs_another_seed([one, one, one])
    assert not needs_another_seed([one, one, one, one])
    assert needs_another_seed([one, two, one, one])
    assert not needs_another_seed([one, two, two, one])


def test_camps_that_plainly_stand_apart_are_asked_of_one_seed() -> None:
    found = opinion.estimate(VoteTable.from_rows(two_camps(160, 40, seed=3)), seed=3)
    assert isinstance(found.outcome, opinion.Groups)
    assert found.outcome.knots == ()
    written = opinion.document(found).result
    assert written.verdicts == (SeedVerdict(groups=2, seeds=1),)
    assert [group.knot for group in written.groups] == [False, False]


def test_a_person_is_placed_in_the_group_of_the_nearest_cell() -> None:
    drawn = opinion.document(opinion.estimate(VoteTable.from_rows(two_camps(160, 40, seed=3)), seed=3))
    statement, group = drawn.result.statements[0], drawn.result.groups[0]
    groups = (
        replace(group, id=0, center=(5.0,), cells=((0.0,), (10.0,))),
        replace(group, id=1, center=(4.0,), cells=((4.0,),)),
    )
    for loading, nearest in ((9.0, 0), (0.5, 0), (4.0, 1)):
        row = replace(statement, id=1, mean=0.0, loading=(loading, 0.0))
        result = replace(drawn.result, statements=(row,), least_votes=1, groups=groups)
        spot = opinion.place_participant(replace(drawn, result=result), {1: 1})
        assert not isinstance(spot, opinion.NotEnough)
        assert spot[2] == nearest
