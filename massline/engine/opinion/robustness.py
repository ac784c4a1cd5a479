"""Influence of coordinated people: the radius of the verdict, and the map with and without people who answer alike.

Costs seconds to a minute, so it is worked out in the background. With and without, laid side by side, would give a set's
own tallies away by subtraction; so only what changes is written down: the verdict, how many findings, and the largest
move in whole hundredths among statements that ten others answered. Sets under ten are told of without their number.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from massline.engine.documents import document as versioned
from massline.engine.intervals import jeffreys_bound
from massline.engine.not_enough import NotEnough
from massline.engine.opinion.arrival_evidence import CHANCE, arrival, by_door
from massline.engine.opinion.concordance import Concordance, split
from massline.engine.opinion.concordance_search import told_of
from massline.engine.opinion.decision_radius import decision_radius
from massline.engine.opinion.estimate import Opinion, estimate
from massline.engine.opinion.evidence import LEAST_TOLD
from massline.engine.opinion.group_decision import Groups, Spectrum
from massline.engine.votes import VoteTable

Integers = NDArray[np.integer]

SCHEMA = "massline.robustness/1"
BAR = 0.5


def robustness(
    opinion: Opinion,
    *,
    arrived: Integers | None = None,
    doors: tuple[str, ...] = (),
    door: Integers | None = None,
) -> dict[str, Any]:
    """Write how robust a map is as the document `massline.robustness/1`.

    Parameters
    ----------
    arrived : (P,) when each participant came, as a number that grows with time
    doors, door : names of the ways in, and (P,) the position among them of each participant's
    """
    table, seed = opinion.table, opinion.seed
    told = told_of(table, seed=seed) if table.shape[0] >= LEAST_TOLD else []
    radius = decision_radius(opinion, seed=seed)
    result: dict[str, Any] = {"alike": [side_by_side(opinion, one, arrived, doors, door) for one in told]}
    if not isinstance(radius, NotEnough):
        result["verdict"] = {
            "people": radius.people,
            "groups": radius.groups,
            "tried_up_to": radius.tried_up_to,
            "attacks": radius.attacks,
        }
    return versioned(
        SCHEMA,
        seed=seed,
        rests_on={"participants": table.shape[0], "statements": table.shape[1], "votes": table.votes},
        left_out=opinion.left_out,
        result=result,
    )


def side_by_side(
    opinion: Opinion,
    alike: Concordance,
    arrived: Integers | None,
    doors: tuple[str, ...],
    door: Integers | None,
) -> dict[str, Any]:
    """A set of people who answer alike: how alike, how they came, and what changes without them."""
    rng = np.random.default_rng([opinion.seed, 21])
    rest, _ = split(opinion.table, alike.people)
    without = estimate(rest, seed=opinion.seed)
    size = len(alike.people)
    found: dict[str, Any] = {
        "people": size if size >= LEAST_TOLD else None,
        "chance": {
            "by_set": hundredths(np.exp(-alike.by_set)),
            "by_rest": hundredths(np.exp(-alike.by_rest)),
        },
        "groups": {"with": groups(opinion), "without": groups(without)},
        **moved(opinion.table, rest),
    }
    if arrived is not None and size >= LEAST_TOLD:
        together = arrival(alike.people, arrived, rng)
        found["half_came_within"] = together.window if together.together else None
    if door is not None and size >= LEAST_TOLD:
        found["mostly_by"] = [
            doors[at] for at, p_value in by_door(alike.people, door).items() if p_value <= CHANCE
        ]
    return found


def moved(whole: VoteTable, rest: VoteTable) -> dict[str, Any]:
    """How many findings hold only with or only without some people, and the largest move of agreement."""
    now, then = findings(whole), findings(rest)
    seen, before = rest.counts.sum(axis=1), whole.counts.sum(axis=1)
    change = np.abs(rest.counts[:, 2] / np.maximum(seen, 1) - whole.counts[:, 2] / np.maximum(before, 1))
    return {
        "only_with": {what: len(now[what] - then[what]) for what in now},
        "only_without": {what: len(then[what] - now[what]) for what in now},
        "largest_move": hundredths(change[seen >= LEAST_TOLD].max(initial=0.0)),
    }


def findings(table: VoteTable) -> dict[str, set[int]]:
    """Statements that more than half surely agree with, and that more than half surely disagree with."""
    seen = table.counts.sum(axis=1)
    return {
        what: set(np.flatnonzero(jeffreys_bound(table.counts[:, column], seen, 0.025) >= BAR).tolist())
        for what, column in (("agreed", 2), ("opposed", 0))
    }


def groups(found: Opinion) -> list[int] | str:
    """Shares of the groups in whole hundredths, or the verdict in a word."""
    outcome = found.outcome
    if isinstance(outcome, Groups):
        sizes = outcome.partition.sizes
        return [round(100 * size / sizes.sum()) for size in sizes.tolist()]
    if isinstance(outcome, Spectrum):
        return "too_close" if outcome.too_close else "spectrum"
    return "not_enough"


def hundredths(number: float) -> float:
    return round(float(number), 2)
