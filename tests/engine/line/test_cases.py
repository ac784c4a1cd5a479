"""Advance, packages and support against cases worked by hand."""

import numpy as np
import pytest

from massline.engine.line import AnswerCount, Comparison, fit_bradley_terry
from massline.engine.line.ballots import Ballots
from massline.engine.line.breadth import measure_support
from massline.engine.line.justified_representation import find_underrepresented
from massline.engine.line.maximum_coverage import find_best_coverage
from massline.engine.line.multiwinner import choose_by_equal_shares, choose_by_pav, pav_score
from tests.engine.case_files import Case, cases


@cases("line", "advance")
def test_advance(case: Case) -> None:
    fit = fit_bradley_terry([Comparison(*pair) for pair in case["comparisons"]], prior_sd=case["prior_sd"])
    assert dict(zip(fit.items, fit.place.tolist(), strict=True)) == pytest.approx(case["places"], abs=1e-7)
    assert {item: measure.value for item, measure in fit.measures().items()} == pytest.approx(case["advance"])


def ballots_of(case: Case) -> Ballots:
    names = sorted({name for _, yes in case["ballots"] for name in yes})
    supports = np.array([[name in yes for name in names] for _, yes in case["ballots"]])
    people = np.array([people for people, _ in case["ballots"]], np.int64)
    return Ballots(tuple(names), supports, np.zeros_like(supports), people)


@cases("line", "equal shares")
def test_equal_shares(case: Case) -> None:
    ballots = ballots_of(case)
    chosen = choose_by_equal_shares(ballots, case["size"])
    assert "".join(sorted(str(ballots.demands[j]) for j in chosen)) == case["chosen"]


@cases("line", "proportional approval")
def test_proportional_approval(case: Case) -> None:
    ballots = ballots_of(case)
    chosen, exact = choose_by_pav(ballots, case["size"])
    assert exact
    assert "".join(sorted(str(ballots.demands[j]) for j in chosen)) == case["chosen"]
    assert pav_score(ballots, chosen) == pytest.approx(case["score"])


@cases("line", "best coverage")
def test_best_coverage(case: Case) -> None:
    ballots = ballots_of(case)
    fixed = [ballots.demands.index(name) for name in case.get("fixed", "")]
    best = find_best_coverage(ballots, case["size"], fixed=fixed)
    assert best.exact
    assert best.people == case["reached"]
    assert "".join(str(ballots.demands[place]) for place in best.chosen) == case["chosen"]


@cases("line", "EJR+")
def test_underrepresented(case: Case) -> None:
    ballots = ballots_of(case)
    found = find_underrepresented(ballots, tuple(ballots.demands.index(name) for name in case["list"]))
    assert {broken.demand: [broken.due, broken.people] for broken in found} == case["broken"]


@cases("line", "support")
def test_support(case: Case) -> None:
    by_section = {name: AnswerCount(seen, yes) for name, (yes, seen) in case["sections"].items()}
    found = measure_support(by_section, case["headcount"])
    assert found is not None
    assert (found.low, found.value, found.high) == pytest.approx(
        (case["low"], case["value"], case["high"]), abs=1e-6
    )
