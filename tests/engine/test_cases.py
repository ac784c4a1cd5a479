"""Every estimate has at least five cases worked by hand; here those of coverage, intervals, votes, scale and privacy."""

import numpy as np
import pytest

from massline.engine import false_discovery_rate, jeffreys_intervals
from massline.engine.coverage.estimate import estimate as estimate_coverage
from massline.engine.coverage.estimate import margin_of_error
from massline.engine.privacy import Cube, add_margins, choose_shown_cells, rounded_share
from massline.engine.privacy.rounding import RoundedShare
from massline.engine.scale import tally_votes
from massline.engine.votes import Tally, VoteTable
from tests.engine.case_files import Case, cases, every_case

ESTIMATES = (
    "coverage",
    "elections",
    "intervals",
    "line",
    "lot",
    "mood",
    "opinion",
    "privacy",
    "pulse",
    "scale",
    "themes",
    "votes",
)


@pytest.mark.parametrize("estimate", ESTIMATES)
def test_each_estimate_has_five_cases_that_say_how_they_were_worked(estimate: str) -> None:
    found = every_case(estimate)
    assert len(found) >= 5
    assert len({case["desc"] for case in found}) == len(found)


@cases("coverage", "margin")
def test_margin(case: Case) -> None:
    assert margin_of_error(case["heard"], case["headcount"]) == pytest.approx(case["margin"], abs=1e-7)


@cases("coverage", "evenness")
def test_evenness(case: Case) -> None:
    assert estimate_coverage(case["headcount"], case["heard"]).evenness == pytest.approx(case["evenness"])


@cases("coverage", "next")
def test_next_conversations(case: Case) -> None:
    found = estimate_coverage(case["headcount"], case["heard"], conversations=case["conversations"])
    assert {step.section: step.conversations for step in found.next} == case["next"]
    assert found.widest_after == pytest.approx(case["widest_after"], abs=1e-7)


@cases("intervals", "moments")
def test_posterior_moments(case: Case) -> None:
    assert jeffreys_intervals.jeffreys_mean(case["successes"], case["trials"]) == pytest.approx(case["mean"])
    assert jeffreys_intervals.jeffreys_variance(case["successes"], case["trials"]) == pytest.approx(
        case["variance"], abs=1e-7
    )


@cases("intervals", "bound")
def test_posterior_bounds(case: Case) -> None:
    found = jeffreys_intervals.jeffreys_bound(case["successes"], case["trials"], case["quantile"])
    assert found == pytest.approx(case["bound"], abs=1e-7)


@cases("intervals", "discoveries")
def test_discoveries(case: Case) -> None:
    assert false_discovery_rate.select_discoveries(case["p"], rate=case["rate"]).tolist() == case["found"]


def holds_the_sums(tally: Tally, case: Case) -> bool:
    sums = (tally.people, tally.a.tolist(), tally.b.tolist(), tally.c.tolist())
    return sums == (case["people"], case["a"], case["b"], case["c"])


@cases("votes")
def test_tally(case: Case) -> None:
    table = VoteTable.from_rows([tuple(row) for row in case["rows"]])
    tally = Tally.from_table(table)
    assert table.replaced == case["replaced"]
    assert holds_the_sums(tally, case)
    assert (tally.agree.tolist(), tally.disagree.tolist()) == (case["agree"], case["disagree"])
    assert tally.means == pytest.approx(case["means"], abs=1e-7)
    assert tally.covariance() == pytest.approx(np.array(case["covariance"]), abs=1e-7)


@cases("scale")
def test_tally_by_digits(case: Case) -> None:
    table = VoteTable.from_rows([tuple(row) for row in case["rows"]])
    assert table.replaced == case["replaced"]
    assert holds_the_sums(tally_votes(table), case)


@cases("privacy", "share")
def test_rounded_share(case: Case) -> None:
    expected = None if case["share"] is None else RoundedShare(case["share"], case["bound"])
    assert rounded_share(case["part"], case["whole"], k=5) == expected


@cases("privacy", "table")
def test_protected_table(case: Case) -> None:
    names = tuple("abc"[: len(case["counts"])])
    released = choose_shown_cells(
        Cube(("section",), (names,), np.array(case["counts"])), add_margins("section"), k=5
    )
    assert [released.table("section")[(name,)] for name in names] == case["shown"]
    assert released.table()[()] == case["total"]
