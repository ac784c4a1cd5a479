"""Hands that push the scale: patterns that few people voting by themselves would leave, and what they could change.

A flag is about a pattern, never a verdict on a person: it says how a map would read without it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.jeffreys_intervals import jeffreys_mean
from massline.engine.votes import VoteTable

Floats = NDArray[np.float64]
Positions = NDArray[np.intp]

LEAST_PATTERN = 10
CHANCE = 1e-3


@dataclass(frozen=True, eq=False)
class VotePatternsFound:
    """Patterns found, as positions of participants in the table.

    Attributes
    ----------
    straight : people who gave the same answer throughout, where chance would hardly do so
    copies : sets of people whose votes are all the same, where chance would hardly do so
    without : (M,) share agreeing with each statement when all of these are left out
    largest_change : the most that leaving them out moves agreement with a statement that ten others voted on
    """

    straight: Positions
    copies: tuple[Positions, ...]
    without: Floats
    largest_change: float

    @property
    def flagged(self) -> Positions:
        """People in a pattern; of each set of copies one person is left out, since one ballot may be genuine."""
        return np.unique(np.concatenate([self.straight, *(group[1:] for group in self.copies)]))


def find_vote_patterns(table: VoteTable, kinds: NDArray[np.int32] | None = None) -> VotePatternsFound:
    """Look for straight-liners and copied ballots of at least ten votes.

    How likely a ballot is by chance follows from each statement's shares among people of the same kind (a
    group, or a part of the spectrum), since people who think alike vote alike. The bar rises with the number
    of people, so that about one conversation in a thousand without any is flagged.

    Parameters
    ----------
    kinds : (P,) kind of each person, 0, 1, ..; by default everybody is of one kind
    """
    surprise = ballot_surprise(table, np.zeros(table.shape[0], np.int32) if kinds is None else kinds)
    long = table.votes_each >= LEAST_PATTERN
    bar = np.log(max(table.shape[0], 1) / CHANCE)
    straight = np.flatnonzero(long & is_straight_liner(table) & (surprise > bar))
    copies = find_copied_ballots(table, surprise, np.flatnonzero(long))
    flagged = np.unique(np.concatenate([straight, *(group[1:] for group in copies)])).astype(np.intp)
    agree, seen = table.counts[:, 2], table.counts.sum(axis=1)
    label = np.full(table.shape[0], -1, np.int32)
    label[flagged] = 0
    out = table.counts_by(label, 1)[0]
    without = jeffreys_mean(agree - out[:, 2], seen - out.sum(axis=1))
    moved = np.abs(without - jeffreys_mean(agree, seen))
    is_shown = seen - out.sum(axis=1) >= LEAST_PATTERN
    return VotePatternsFound(straight, copies, without, float(moved[is_shown].max(initial=0.0)))


def ballot_surprise(table: VoteTable, kinds: NDArray[np.int32]) -> Floats:
    """Minus log chance of each person's votes if everybody of a kind voted by its shares, (P,)."""
    size = table.shape[1]
    counts = table.counts_by(kinds, int(kinds.max(initial=0)) + 1)
    cost = -np.log(np.maximum(counts, 0.5) / np.maximum(counts.sum(axis=2), 0.5)[:, :, None]).ravel()
    total = np.zeros(table.shape[0])
    for low, high in table.blocks():
        span = slice(int(table.start[low]), int(table.start[high]))
        owner = np.repeat(np.arange(high - low), table.votes_each[low:high])
        cell = table.statement[span].astype(np.int64) * 3 + table.value[span] + 1
        cell += kinds[low:high][owner].astype(np.int64) * (3 * size)
        total[low:high] = np.bincount(owner, weights=cost[cell], minlength=high - low)
    return total


def is_straight_liner(table: VoteTable) -> NDArray[np.bool_]:
    """True for people who gave one answer to everything, (P,)."""
    voted = table.votes_each > 0
    same = np.zeros(table.shape[0], bool)
    if voted.any():
        at = table.start[:-1][voted]
        same[voted] = np.maximum.reduceat(table.value, at) == np.minimum.reduceat(table.value, at)
    return same


def find_copied_ballots(table: VoteTable, surprise: Floats, people: Positions) -> tuple[Positions, ...]:
    """Sets of people with exactly the same votes on exactly the same statements.

    n equal ballots are chance unless C(P, n) times the chance that n - 1 people repeat the first ballot is
    small; a ballot that most people cast is therefore no pattern.
    """
    from scipy.special import gammaln

    ballots: dict[tuple[bytes, bytes], list[int]] = {}
    # Equal ballots of one kind of people are equally surprising; most ballots are ruled out by that alone.
    _, same, times = np.unique(surprise[people], return_inverse=True, return_counts=True)
    for who in people[times[same] > 1].tolist():
        span = slice(int(table.start[who]), int(table.start[who + 1]))
        ballots.setdefault((table.statement[span].tobytes(), table.value[span].tobytes()), []).append(who)
    found = []
    for group in ballots.values():
        ways = gammaln(len(people) + 1) - gammaln(len(group) + 1) - gammaln(len(people) - len(group) + 1)
        if len(group) > 1 and (len(group) - 1) * surprise[group[0]] > ways - np.log(CHANCE):
            found.append(np.array(group, np.intp))
    return tuple(found)


@dataclass(frozen=True)
class ArrivalBurst:
    """A stretch in which many more people arrived than around it."""

    start: float
    end: float
    people: int
    expected: float


def find_arrival_bursts(
    arrived: Floats, *, window: float = 600.0, around: float = 24.0
) -> tuple[ArrivalBurst, ...]:
    """Windows with improbably many arrivals.

    Parameters
    ----------
    arrived : (P,) when each person first voted, in seconds
    window : length of a window in seconds
    around : the usual rate is the mean over this many windows to each side, the window itself left out

    A window counts where a Poisson variable of the usual rate would reach it less than once in a thousand
    conversations; a poster going up or a link shared in a channel causes bursts too.
    """
    from scipy.special import pdtrc

    if not np.isfinite(arrived).all():
        raise ValueError("arrival times must be finite")
    if len(arrived) == 0:
        return ()
    cell = np.floor((arrived - arrived.min()) / window).astype(np.int64)
    count = np.bincount(cell).astype(float)
    total, reach = np.concatenate([[0.0], np.cumsum(count)]), int(around)
    index = np.arange(len(count))
    low, high = np.maximum(index - reach, 0), np.minimum(index + reach + 1, len(count))
    usual = (total[high] - total[low] - count + 1.0) / np.maximum(high - low - 1, 1)
    unlikely = pdtrc(count - 1, usual) < CHANCE / len(count)
    first = float(arrived.min())
    return tuple(
        ArrivalBurst(first + i * window, first + (i + 1) * window, int(count[i]), float(usual[i]))
        for i in np.flatnonzero(unlikely & (count >= LEAST_PATTERN)).tolist()
    )
