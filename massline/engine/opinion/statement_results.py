"""Results of each statement, altogether and group by group, with intervals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.false_discovery_rate import select_discoveries
from massline.engine.jeffreys_intervals import jeffreys_interval, jeffreys_mean, jeffreys_variance
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEVEL = 0.95
LEAST_SEEN = 5
FALSE_RATE = 0.1
MOST_REPRESENTATIVE = 5


@dataclass(frozen=True, eq=False)
class Counts:
    """Votes on each statement within one or several sets of people.

    Attributes
    ----------
    seen, agree, disagree : (..., M) votes cast (passes included), agreements, disagreements
    low, high : (..., M) 95 % Jeffreys interval of the share that agrees, passes counted as not agreeing
    """

    seen: Ints
    agree: Ints
    disagree: Ints
    low: Floats
    high: Floats

    def at(self, statements: NDArray[np.intp]) -> "Counts":
        """The counts of some statements, by position."""
        return Counts(
            seen=self.seen[..., statements],
            agree=self.agree[..., statements],
            disagree=self.disagree[..., statements],
            low=self.low[..., statements],
            high=self.high[..., statements],
        )

    @property
    def passed(self) -> Ints:
        """Passes."""
        return self.seen - self.agree - self.disagree


@dataclass(frozen=True, eq=False)
class StatementTable:
    """Every statement with its counts and scores; nothing is cut off at a top five.

    Attributes
    ----------
    overall : counts (M,)
    by_group, by_section : counts (k, M), k may be 0
    consensus : (M,) 0..1, geometric mean over groups of P(agree) (1 - P(disagree))
    divisive : (M,) 0..1, how far the groups are apart at the least; without groups, how evenly people split
    bridging : (M,) 0..1, lower bound of agreement in the least favourable group
    representative : per group, positions of statements that set it apart, strongest first
    """

    overall: Counts
    by_group: Counts
    by_section: Counts
    consensus: Floats
    divisive: Floats
    bridging: Floats
    representative: tuple[tuple[int, ...], ...]

    def at(self, statements: NDArray[np.intp]) -> "StatementTable":
        """The rows of some statements, by position; what sets groups apart is left out."""
        return StatementTable(
            overall=self.overall.at(statements),
            by_group=self.by_group.at(statements),
            by_section=self.by_section.at(statements),
            consensus=self.consensus[statements],
            divisive=self.divisive[statements],
            bridging=self.bridging[statements],
            representative=(),
        )

    @property
    def whole(self) -> Counts:
        """All people as a single set, (1, M)."""
        overall = self.overall
        return Counts(
            overall.seen[None],
            overall.agree[None],
            overall.disagree[None],
            overall.low[None],
            overall.high[None],
        )


def statement_table(
    table: VoteTable, labels: NDArray[np.int32], groups: int, *, before: StatementTable | None = None
) -> StatementTable:
    """Count votes per statement, group and section and rate every statement; a label of -1 is in no group.

    `before` is of an earlier table without weights: what was counted alike then keeps its intervals.
    """
    nobody_apart = np.zeros(table.shape[0], np.int32)
    overall = count_votes(table, nobody_apart, 1, before=before.whole if before else None)
    by_group = count_votes(table, labels, groups, before=before.by_group if before else None)
    parts = by_group if groups else overall
    return StatementTable(
        overall=only_set(overall),
        by_group=by_group,
        by_section=count_votes(table, table.section, len(table.sections)),
        consensus=consensus_scores(parts),
        divisive=divisiveness_bounds(parts) if groups > 1 else evenness_scores(overall),
        bridging=np.where(parts.seen.min(axis=0) >= 1, parts.low.min(axis=0), 0.0),
        representative=tuple(representative_statements(by_group, g) for g in range(groups)),
    )


def count_votes(
    table: VoteTable, labels: NDArray[np.int32], sets: int, *, before: Counts | None = None
) -> Counts:
    """Count within each set of people; weighted shares get intervals from effective counts."""
    if sets == 0:
        nothing = np.zeros((0, table.shape[1]), np.int64)
        return Counts(nothing, nothing, nothing, nothing.astype(float), nothing.astype(float))
    whole = sets == 1 and not labels.any()
    tallies = table.counts[None] if whole else table.counts_by(labels, sets)
    seen, agree, disagree = tallies.sum(axis=2), tallies[:, :, 2], tallies[:, :, 0]
    hits, trials = agree.astype(float), seen.astype(float)
    if table.weight is not None:
        mass, square = table.mass_by(labels, sets), table.mass_by(labels, sets, power=2)
        total = mass.sum(axis=2)
        trials = np.divide(total**2, square.sum(axis=2), out=np.zeros_like(total), where=total > 0)
        hits = trials * np.divide(mass[:, :, 2], total, out=np.zeros_like(total), where=total > 0)
    fresh = np.ones(seen.shape, bool)
    low, high = np.zeros(seen.shape), np.ones(seen.shape)
    if before is not None and table.weight is None and before.seen.shape == seen.shape:
        fresh = (before.seen != seen) | (before.agree != agree)
        low, high = before.low.copy(), before.high.copy()
    hits, trials = np.minimum(hits, trials)[fresh], trials[fresh]
    low[fresh], high[fresh] = jeffreys_interval(hits, trials, level=LEVEL)
    return Counts(seen, agree, disagree, low, high)


def only_set(counts: Counts) -> Counts:
    """The only set among counts of shape (1, M), as (M,)."""
    return Counts(counts.seen[0], counts.agree[0], counts.disagree[0], counts.low[0], counts.high[0])


def consensus_scores(parts: Counts) -> Floats:
    """Geometric mean over groups: does not shrink with the number of groups and sees disagreement."""
    likes = jeffreys_mean(parts.agree, parts.seen)
    minds = jeffreys_mean(parts.disagree, parts.seen)
    return np.asarray(np.exp(np.log(likes * (1 - minds)).mean(axis=0)))


def divisiveness_bounds(parts: Counts) -> Floats:
    """Lower 95 % bound of the difference in agreement between the most and the least agreeing group."""
    mean = jeffreys_mean(parts.agree, parts.seen)
    variance = jeffreys_variance(parts.agree, parts.seen)
    top, bottom = mean.argmax(axis=0), mean.argmin(axis=0)
    column = np.arange(mean.shape[1])
    error = np.sqrt(variance[top, column] + variance[bottom, column])
    return np.asarray(np.maximum(mean[top, column] - mean[bottom, column] - 1.96 * error, 0.0))


def evenness_scores(overall: Counts) -> Floats:
    """1 where as many agree as disagree and nobody passes, 0 where only one side exists."""
    likes = jeffreys_mean(overall.agree[0], overall.seen[0])
    minds = jeffreys_mean(overall.disagree[0], overall.seen[0])
    return np.minimum(4 * likes * minds, 1.0)


def representative_statements(parts: Counts, group: int) -> tuple[int, ...]:
    """Statements on which a group differs from everybody else, under false-discovery control.

    Two one-sided tests per statement (agrees more, disagrees more than the rest); at most one in ten of the
    statements that pass may be chance. Groups were drawn from the same votes, so these are descriptions of
    the groups rather than independent evidence for them.
    """
    from scipy.special import ndtr

    others = [g for g in range(len(parts.seen)) if g != group]
    if not others:
        return ()
    seen, rest_seen = parts.seen[group], parts.seen[others].sum(axis=0)
    scores, lower = [], []
    for counted in (parts.agree, parts.disagree):
        inside, outside = counted[group], counted[others].sum(axis=0)
        gap = jeffreys_mean(inside, seen) - jeffreys_mean(outside, rest_seen)
        pooled = jeffreys_mean(inside + outside, seen + rest_seen)
        error = np.sqrt(pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (rest_seen + 1)))
        spread = np.sqrt(jeffreys_variance(inside, seen) + jeffreys_variance(outside, rest_seen))
        scores.append(ndtr(-gap / error))
        lower.append(gap - 1.96 * spread)
    enough = (seen >= LEAST_SEEN) & (rest_seen >= LEAST_SEEN)
    p_values = np.where(enough, np.stack(scores), 1.0)
    holds = select_discoveries(p_values, rate=FALSE_RATE).any(axis=0) & enough
    strength = np.where(holds, np.max(np.stack(lower), axis=0), -1.0)
    order = np.argsort(-strength, kind="stable")
    return tuple(int(j) for j in order[:MOST_REPRESENTATIVE] if strength[j] > 0)
