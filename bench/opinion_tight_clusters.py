"""Small knots that make the map divide everybody else, in simulated and in real conversations.

Worlds were chosen on seeds of `CHOSEN_ON`; figures in docs/bench.md are from seeds of `JUDGED_ON`, drawn afterwards.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.opinion_group_detection import JUDGED_ON, draw_answers
from massline.engine import opinion
from massline.engine.opinion.planted_votes import PlantedBallots, plant_participants
from massline.engine.votes import VoteTable
from tests.engine.opinion.conversations import real_table

Floats = NDArray[np.float64]
Draw = Callable[[np.random.Generator], tuple[VoteTable, int]]

SHAPES: dict[str, dict[str, Any]] = {
    "150 × 30": {"people": 150, "statements": 30},
    "600 × 40": {"people": 600, "statements": 40},
    "150 × 30, steep": {"people": 150, "statements": 30, "sharp": 2.0},
    "300 × 40, two dimensions": {"people": 300, "statements": 40, "axes": 2},
}
SHARES = (0.02, 0.05, 0.10)
ATTACKED = (
    "15-per-hour-seattle",
    "brexit-consensus",
    "football-concussions",
    "scoop-hivemind.biodiversity",
    "scoop-hivemind.freshwater",
    "vtaiwan.uberx",
)
VOTES = 20
LEAST_REAL = 0.05


def draw_cloud_and_knot(
    people: int,
    statements: int,
    *,
    share: float,
    how: str,
    sharp: float = 1.0,
    axes: int = 1,
    slips: float = 0.15,
) -> Draw:
    """A continuous cloud and one small knot: a 'persona' with slips, or a 'minority' with leanings of its own."""

    def draw(rng: np.random.Generator) -> tuple[VoteTable, int]:
        knot, base = max(2, round(share * people)), rng.normal(0, 0.4, statements)
        cloud = rng.normal(0, 1, (people, axes)) @ rng.normal(0, sharp, (axes, statements)) + base
        script = rng.choice([-1.0, 1.0], statements) * np.log((1 - slips) / slips)
        own = script if how == "persona" else base + rng.normal(0, 1.6, statements)
        return draw_answers(np.vstack([cloud, np.tile(own, (knot, 1))]), 0.5, rng), people

    return draw


KNOTS: dict[str, Draw] = {
    f"{name}, {share:.0%} {how}": draw_cloud_and_knot(share=share, how=how, **shape)
    for name, shape in SHAPES.items()
    for share in SHARES
    for how in ("persona", "minority")
}


def divides_real_people(found: opinion.Opinion, real: int) -> bool:
    """True if the real people, who come first, are divided: two groups mostly theirs, each with a twentieth of them."""
    if not isinstance(found.outcome, opinion.Groups):
        return False
    groups = found.outcome.partition.count
    mine, planted = (
        np.bincount(labels[labels >= 0], minlength=groups)
        for labels in (found.labels[:real], found.labels[real:])
    )
    return int(((mine > planted) & (mine >= max(5, LEAST_REAL * mine.sum()))).sum()) > 1


def count_divided(draw: Draw, runs: int) -> int:
    """In how many of some worlds the estimate cuts real people."""
    worlds = (draw(np.random.default_rng([JUDGED_ON, run])) for run in range(runs))
    return sum(
        divides_real_people(opinion.estimate(table, seed=run), real)
        for run, (table, real) in enumerate(worlds)
    )


def attack_conversation(name: str, runs: int) -> dict[str, dict[str, int]]:
    """Plant 2, 5 and 10 % invented participants in a real conversation: what it makes of the map, by share."""
    table = real_table(name)
    people = table.shape[0]
    before = verdict(opinion.estimate(table, seed=1))
    found = {}
    for share in SHARES:
        counts = {"attacks": runs, "cut": 0, "verdict_changed": 0, "too_close": 0}
        for run in range(runs):
            rng = np.random.default_rng([JUDGED_ON, run, round(100 * share)])
            ballots = PlantedBallots(("against", "random")[run % 2], VOTES)
            after = opinion.estimate(
                plant_participants(table, max(2, round(share * people)), ballots, rng), seed=1
            )
            counts["cut"] += divides_real_people(after, people)
            counts["verdict_changed"] += verdict(after) != before
            counts["too_close"] += verdict(after) == 0
        found[f"{share:.0%}"] = counts
    return found


def verdict(found: opinion.Opinion) -> int:
    """Number of groups, 1 for a spectrum, 0 where it is too close to call."""
    if isinstance(found.outcome, opinion.Groups):
        return found.outcome.partition.count - len(found.outcome.knots)
    return 0 if isinstance(found.outcome, opinion.Spectrum) and found.outcome.too_close else 1
