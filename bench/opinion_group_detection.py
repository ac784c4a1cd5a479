"""The share of simulated conversations in which groups are found, with and without real groups.

Clouds are people who differ by degrees; camps are people who really stand apart. Every conversation has a seed
of its own, so two engines can be compared on the very same votes. What the estimate does was chosen on the seeds of
`CHOSEN_ON`; those of `JUDGED_ON` were first drawn when it was fixed.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from massline.engine import opinion
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]
Draw = Callable[[np.random.Generator], VoteTable]

RUNS = 120
CHOSEN_ON, JUDGED_ON = 17, 91_403
PASSES = 0.1


def draw_answers(leaning: Floats, seen: float, rng: np.random.Generator, passes: float = PASSES) -> VoteTable:
    """Votes by logits of agreeing (P, M), each statement seen with this chance, one in ten passed on."""
    yes = rng.random(leaning.shape) < 1 / (1 + np.exp(-leaning))
    value = np.where(rng.random(leaning.shape) < passes, 0, np.where(yes, 1, -1))
    who, which = np.nonzero(rng.random(leaning.shape) < seen)
    return VoteTable.from_arrays(who, which, value[who, which])


def draw_cloud(
    people: int, statements: int, *, seen: float = 0.5, sharp: float = 1.0, axes: int = 1, alike: bool = False
) -> Draw:
    """People with bell-shaped places; `alike` statements all pull the same way."""

    def draw(rng: np.random.Generator) -> VoteTable:
        pull = np.full((axes, statements), sharp) if alike else rng.normal(0, sharp, (axes, statements))
        leaning = rng.normal(0, 1, (people, axes)) @ pull + rng.normal(0, 0.4, statements)
        return draw_answers(leaning, seen, rng)

    return draw


def draw_camps(
    people: int, statements: int, *, share: float = 0.5, sharp: float = 1.6, axes: int = 1
) -> Draw:
    """People on either side of every axis: two camps, or four on two axes."""

    def draw(rng: np.random.Generator) -> VoteTable:
        side = np.where(rng.random((people, axes)) < share, 1.0, -1.0)
        leaning = side @ rng.normal(0, sharp, (axes, statements)) + rng.normal(0, 0.4, statements)
        return draw_answers(leaning, 0.5, rng)

    return draw


def draw_opposed_camps(people: int, statements: int, *, noise: float) -> Draw:
    """Two camps who contradict each other on every statement but for a share of slips."""

    def draw(rng: np.random.Generator) -> VoteTable:
        side = np.where(np.arange(people) < people // 2, 1, -1)[:, None]
        slip = np.where(rng.random((people, statements)) < noise, -1, 1)
        value = side * slip * rng.choice([-1, 1], statements)
        who, which = np.indices(value.shape)
        return VoteTable.from_arrays(who.ravel(), which.ravel(), value.ravel())

    return draw


CLOUDS: dict[str, Draw] = {
    "120 × 25, half seen": draw_cloud(120, 25),
    "150 × 30, steep": draw_cloud(150, 30, sharp=2.0),
    "150 × 30, very steep (5 logits a step)": draw_cloud(150, 30, sharp=5.0),
    "60 × 10, all seen": draw_cloud(60, 10, seen=1.0),
    "60 × 10, all statements alike": draw_cloud(60, 10, seen=1.0, alike=True),
    "150 × 30, two dimensions": draw_cloud(150, 30, axes=2),
    "600 × 40": draw_cloud(600, 40),
    "1,500 × 100, a quarter seen": draw_cloud(1500, 100, seen=0.25),
}
CAMPS: dict[str, Draw] = {
    "opposed, 30 × 5, no slip": draw_opposed_camps(30, 5, noise=0.0),
    "opposed, 60 × 10, 5 % slips": draw_opposed_camps(60, 10, noise=0.05),
    "opposed, 60 × 10, 10 % slips": draw_opposed_camps(60, 10, noise=0.1),
    "opposed, 60 × 10, 20 % slips": draw_opposed_camps(60, 10, noise=0.2),
    "even, 150 × 30, half seen": draw_camps(150, 30),
    "80 and 20, 150 × 30": draw_camps(150, 30, share=0.8),
    "blurred, 150 × 30": draw_camps(150, 30, sharp=0.8),
    "four, 300 × 40": draw_camps(300, 40, axes=2),
}


def count_called(draw: Draw, runs: int) -> int:
    """In how many of some conversations the estimate speaks of groups."""
    found = (opinion.estimate(draw(np.random.default_rng([JUDGED_ON, run])), seed=run) for run in range(runs))
    return sum(isinstance(map_found.outcome, opinion.Groups) for map_found in found)


def count_all_called(runs: int = RUNS) -> dict[str, int | dict[str, int]]:
    """Counts for every kind of cloud and camp."""
    return {
        "runs": runs,
        "clouds": {name: count_called(draw, runs) for name, draw in CLOUDS.items()},
        "camps": {name: count_called(draw, runs) for name, draw in CAMPS.items()},
    }
