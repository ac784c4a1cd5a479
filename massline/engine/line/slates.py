"""Slates of one to five demands: whom they reach, whom they put off, whom they overlook."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.jeffreys_intervals import jeffreys_interval
from massline.engine.line.ballots import Ballots
from massline.engine.line.interval_estimate import Id, IntervalEstimate
from massline.engine.line.justified_representation import (
    Underrepresented,
    find_underrepresented,
    overlooked_demands,
)
from massline.engine.line.maximum_coverage import BestCoverage, find_best_coverage
from massline.engine.line.multiwinner import choose_by_equal_shares, choose_by_pav, fill_by_pav

LARGEST = 5
EQUAL_SHARES, PROPORTIONAL = "equal shares", "proportional approval"
FEWEST_LEFT_OUT = "fewest left out"


@dataclass(frozen=True)
class ReducedSlate:
    """A slate without one of its demands."""

    dropped: Id
    demands: tuple[Id, ...]
    coverage: float
    friction: float


@dataclass(frozen=True)
class Slate:
    """A few demands together.

    Attributes
    ----------
    rule : how it was chosen, "equal shares", "proportional approval" or "fewest left out"
    demands : ids, in the order chosen
    coverage : share of voters who support at least one of them
    best : what the best list of that length reaches, found or bounded
    friction : share who reject at least one
    overlooked : demands that could claim a place by justified representation: at least n / size voters
        support them who support nothing in the slate
    underrepresented : where it breaks EJR+: people who want the same and have fewer demands than they are due
    exact : whether no slate does better by the rule (for proportional approval and fewest left out)
    without : what changes when one of the demands is dropped
    """

    rule: str
    demands: tuple[Id, ...]
    coverage: IntervalEstimate
    best: BestCoverage
    friction: IntervalEstimate
    overlooked: tuple[Id, ...]
    underrepresented: tuple[Underrepresented, ...] = ()
    exact: bool = True
    without: tuple[ReducedSlate, ...] = ()


def propose_slates(ballots: Ballots, *, largest: int = LARGEST) -> Iterator[Slate]:
    """Choose slates of every size from 1 to `largest` by each rule; the software proposes, people decide."""
    if not ballots.voters or not ballots.demands:
        return
    for size in range(1, min(largest, len(ballots.demands)) + 1):
        best = find_best_coverage(ballots, size)
        for rule, choose in RULES.items():
            chosen, exact = choose(ballots, size)
            names = tuple(ballots.demands[j] for j in chosen)
            yield Slate(
                rule,
                names,
                share_of_voters(ballots, has_support(ballots, chosen)),
                best,
                share_of_voters(ballots, has_rejection(ballots, chosen)),
                overlooked_demands(ballots, chosen),
                find_underrepresented(ballots, chosen),
                exact,
                tuple(_dropped(ballots, name, size, choose) for name in names),
            )


def _equal(ballots: Ballots, size: int) -> tuple[tuple[int, ...], bool]:
    return choose_by_equal_shares(ballots, size), True


def _fewest_left_out(ballots: Ballots, size: int) -> tuple[tuple[int, ...], bool]:
    """The best list for coverage; places that reach nobody new go by what adds most to the PAV score."""
    best = find_best_coverage(ballots, size)
    return tuple(fill_by_pav(ballots, list(best.chosen), size)), best.exact


RULES: dict[str, Callable[[Ballots, int], tuple[tuple[int, ...], bool]]] = {
    EQUAL_SHARES: _equal,
    PROPORTIONAL: choose_by_pav,
    FEWEST_LEFT_OUT: _fewest_left_out,
}


def has_support(ballots: Ballots, chosen: tuple[int, ...]) -> NDArray[np.bool_]:
    """Per ballot, whether it supports something in the slate."""
    return np.asarray(ballots.supports[:, list(chosen)].any(axis=1))


def has_rejection(ballots: Ballots, chosen: tuple[int, ...]) -> NDArray[np.bool_]:
    """Per ballot, whether it rejects something in the slate."""
    return np.asarray(ballots.rejects[:, list(chosen)].any(axis=1))


def share_of_voters(ballots: Ballots, who: NDArray[np.bool_]) -> IntervalEstimate:
    """The share of voters who qualify, with the 95 % Jeffreys interval."""
    part, whole = int(ballots.people[who].sum()), ballots.voters
    low, high = jeffreys_interval(part, whole)
    return IntervalEstimate(float(low), part / whole, float(high))


def _dropped(
    ballots: Ballots, name: Id, size: int, choose: Callable[[Ballots, int], tuple[tuple[int, ...], bool]]
) -> ReducedSlate:
    rest = ballots.without(name)
    chosen, _ = choose(rest, size) if rest.demands else ((), True)
    return ReducedSlate(
        name,
        tuple(rest.demands[j] for j in chosen),
        share_of_voters(rest, has_support(rest, chosen)).value,
        share_of_voters(rest, has_rejection(rest, chosen)).value,
    )
