"""Choice of the next statement to show, and rates that the choice does not bias.

Statements are drawn, never picked: half of the chance goes by what a vote would tell about the person's
viewpoint and about the statement, the rest by a floor that favours statements few have seen. The chance of
every draw is part of the answer; keep it with the vote, and `corrected_share` undoes the bias that drawing by
interest brings (Horvitz and Thompson 1952, in Hajek's form).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.jeffreys_intervals import jeffreys_bound
from massline.engine.opinion.bayesian_logistic_model import LogisticModel, expit
from massline.engine.opinion.vote_prediction import Predictor

Floats = NDArray[np.float64]

FLOOR = 0.5
STEPS = 8
NEVER = -700.0


@dataclass(frozen=True)
class StatementDraw:
    """A statement by position, with the chance it had of being drawn."""

    statement: int
    chance: float


@dataclass(frozen=True, eq=False)
class CorrectedShare:
    """A corrected share with its interval and how many votes it is worth."""

    share: float
    low: float
    high: float
    worth: float


def infer_viewpoint(leaning: LogisticModel, votes: Mapping[int, bool]) -> tuple[Floats, Floats]:
    """Belief about one person from their votes (statement position to yes or no): mean (r + 1,) and spread."""
    mean, spread = leaning.people.center.copy(), np.diag(leaning.people.width)
    if not votes:
        return mean, spread
    precision = np.diag(1.0 / leaning.people.width)
    at = np.fromiter(votes, np.int64, len(votes))
    yes = np.fromiter(votes.values(), float, len(votes))
    design = leaning.statements.mean[at].copy()
    level = design[:, 0].copy()
    design[:, 0] = 1.0
    for _ in range(STEPS):
        chance = expit(level + np.einsum("ja,a->j", design, mean))
        weight = np.maximum(chance * (1 - chance), 0.02)
        sharp = precision + np.einsum("j,ja,jb->ab", weight, design, design)
        slope = np.einsum("j,ja->a", yes - chance, design) - precision @ (mean - leaning.people.center)
        mean = mean + np.clip(np.linalg.solve(sharp, slope), -2.0, 2.0)
    return mean, np.asarray(np.linalg.inv(sharp), float)


def expected_information(predictor: Predictor, votes: Mapping[int, int]) -> Floats:
    """Expected information of this person's vote on each statement, in nats, (M,).

    The sum of what it would tell about the person's viewpoint and about the statement's level, both to second
    order.
    """
    agrees = predictor.agrees
    mean, spread = infer_viewpoint(agrees, {j: v > 0 for j, v in votes.items() if v != 0})
    design = agrees.statements.mean.copy()
    level = design[:, 0].copy()
    design[:, 0] = 1.0
    doubt = np.einsum("ja,ab,jb->j", design, spread, design)
    chance = expit((level + np.einsum("ja,a->j", design, mean)) / np.sqrt(1 + np.pi * doubt / 8))
    weight = chance * (1 - chance)
    about_statement = agrees.statements.spread[:, 0, 0]
    takes = expit(predictor.takes_side.statements.mean[:, 0])
    return np.asarray(takes * 0.5 * (np.log1p(weight * doubt) + np.log1p(weight * about_statement)))


def statement_chances(
    predictor: Predictor | None, votes: Mapping[int, int], seen: NDArray[np.int64]
) -> Floats:
    """Chance of each statement to be drawn next, (M,); those already voted on have none.

    Parameters
    ----------
    predictor : of the first statements; those after them are newer than the model and go by the floor alone,
        as all do where there is no model
    votes : the person's votes so far, position to +1, 0 or -1
    seen : (M,) votes on each statement so far
    """
    telling, fresh = np.zeros(len(seen)), 1.0 / np.sqrt(seen + 1.0)
    if predictor is not None:
        known = len(predictor.agrees.statements.mean)
        telling[:known] = expected_information(predictor, {j: v for j, v in votes.items() if j < known})
    for j in votes:
        telling[j] = fresh[j] = 0.0
    if fresh.sum() == 0:
        return np.zeros(len(seen))
    floor = fresh / fresh.sum()
    if telling.sum() <= 0:
        return np.asarray(floor)
    return np.asarray(FLOOR * floor + (1 - FLOOR) * telling / telling.sum())


def draw_statement(chance: Floats, rng: np.random.Generator) -> StatementDraw | None:
    """Draw one statement; None when the person has voted on everything."""
    if chance.sum() <= 0:
        return None
    at = int(np.searchsorted(np.cumsum(chance), rng.random() * chance.sum(), side="right"))
    at = min(at, int(np.flatnonzero(chance)[-1]))
    return StatementDraw(at, float(chance[at] / chance.sum()))


def corrected_share(hits: NDArray[np.bool_], chance: Floats, *, level: float = 0.95) -> CorrectedShare:
    """Share of hits among votes that were drawn with the given chances, each counted by its inverse.

    Raises
    ------
    ValueError
        When a chance is not within (0, 1].
    """
    if len(hits) != len(chance) or not ((chance > 0) & (chance <= 1)).all():
        raise ValueError("every vote needs the chance it was drawn with, above 0 and at most 1")
    if len(hits) == 0:
        return CorrectedShare(0.5, 0.0, 1.0, 0.0)
    weight = 1.0 / chance
    share = float(weight[hits].sum() / weight.sum())
    worth = float(weight.sum() ** 2 / (weight**2).sum())
    low = float(jeffreys_bound(share * worth, worth, (1 - level) / 2))
    return CorrectedShare(share, low, float(jeffreys_bound(share * worth, worth, (1 + level) / 2)), worth)


def corrected_shares(
    hits: Floats, mass: Floats, squares: Floats, *, level: float = 0.95
) -> tuple[Floats, Floats, Floats, Floats]:
    """The same for many statements at once: shares, both ends of their intervals, and how many votes they are worth.

    Parameters
    ----------
    hits, mass, squares : (M,) sums of weights (inverse chances) of the hits and of all votes, and of their squares
    """
    share, worth = hits / mass, mass**2 / squares
    low = jeffreys_bound(np.minimum(share * worth, worth), worth, (1 - level) / 2)
    high = jeffreys_bound(np.minimum(share * worth, worth), worth, (1 + level) / 2)
    return share, low, high, worth


def even_weights(who: NDArray[np.integer], chance: Floats, waiting: Floats) -> Floats:
    """Weights of votes that make statements count as if they had been drawn evenly, (V,).

    A person's n votes come out of n draws; the t-th is from `waiting[t]` statements. An answer that had the
    chance p where an even draw gives 1/w counts 1 + f (1 / (p w) - 1), with f the share of even later draws that
    would have left the statement unseen. The expectation of the sum of these weights over a person is, for every
    statement, the chance of its being seen under even draws (Raj 1956, with the weights of the draws chosen so
    that even draws count 1 each); who answers everything counts 1 everywhere. It is assumed that when somebody
    stops does not depend on which statements they were shown.

    Parameters
    ----------
    who : (V,) people; votes of one person stand together, in the order they were cast
    chance : (V,) with which each was drawn, not a number where it was not drawn: these count 1
    waiting : (V,) from how many each was drawn, itself included
    """
    drawn = ~np.isnan(chance)
    left = np.where(drawn & (waiting > 1), waiting, np.inf)
    passed_over = np.where(drawn & (waiting <= 1), NEVER, np.log1p(-1.0 / left))
    running = np.cumsum(passed_over)
    last = np.flatnonzero(np.append(who[1:] != who[:-1], True))
    ends = np.repeat(running[last], np.diff(np.append(-1, last)))
    unseen_later = np.exp(np.minimum(ends - running, 0.0))
    with np.errstate(invalid="ignore"):
        weight = 1.0 + unseen_later * (1.0 / (chance * waiting) - 1.0)
    return np.where(drawn, weight, 1.0)
