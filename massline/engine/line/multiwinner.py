"""Two ways to choose a few demands so that every large enough group gets its say.

Method of equal shares (Peters and Skowron 2020): everybody has the same budget, k / n; a demand costs 1 and is
paid by its supporters as evenly as they can; the one that asks least of each goes first. Proportional approval
voting (Thiele 1895): the slate for which the sum over people of 1 + 1/2 + ... + 1/(demands they support) is
greatest. Both give every large group that agrees its due (extended justified representation).
"""

from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from massline.engine.line.ballots import Ballots

Floats = NDArray[np.float64]

MOST_SLATES = 20_000  # up to here PAV compares every slate; beyond it climbs
_TINY = 1e-9


def choose_by_equal_shares(ballots: Ballots, size: int) -> tuple[int, ...]:
    """Choose up to `size` demands by the method of equal shares; places nobody can pay for go by PAV's gain."""
    purse = np.full(len(ballots.people), size / max(ballots.voters, 1))
    chosen: list[int] = []
    while len(chosen) < min(size, len(ballots.demands)):
        prices = [
            np.inf if j in chosen else _price(purse, ballots.people, ballots.supports[:, j])
            for j in range(len(ballots.demands))
        ]
        best = int(np.argmin(np.round(prices, 12)))
        if not np.isfinite(prices[best]):
            break
        pays = ballots.supports[:, best]
        purse[pays] -= np.minimum(purse[pays], prices[best])
        chosen.append(best)
    return tuple(fill_by_pav(ballots, chosen, size))


def _price(purse: Floats, people: NDArray[np.int64], supports: NDArray[np.bool_]) -> float:
    """The most that each supporter must pay so that together they pay 1; infinite where they cannot."""
    mine, weight = purse[supports], people[supports].astype(float)
    if float(mine @ weight) < 1 - _TINY:
        return float(np.inf)
    ranked = np.argsort(mine, kind="stable")
    mine, weight = mine[ranked], weight[ranked]
    paid = np.concatenate([[0.0], np.cumsum(mine * weight)[:-1]])  # by those who give all they have
    left = weight[::-1].cumsum()[::-1]
    price = (1 - paid) / left
    enough = np.flatnonzero(price <= mine + _TINY)
    return float(price[enough[0]]) if len(enough) else float(mine[-1])


def choose_by_pav(ballots: Ballots, size: int) -> tuple[tuple[int, ...], bool]:
    """Choose the slate with the greatest PAV score; also says whether every slate was compared.

    Where there are more than 20,000 slates, it starts from the greedy one and swaps while that helps, which
    keeps extended justified representation (Aziz et al. 2018).
    """
    count = len(ballots.demands)
    size = min(size, count)
    if comb(count, size) <= MOST_SLATES:
        slates = list(combinations(range(count), size))
        scores = [pav_score(ballots, slate) for slate in slates]
        return slates[int(np.argmax(np.round(scores, 9)))], True
    return _climb(ballots, fill_by_pav(ballots, [], size)), False


def pav_score(ballots: Ballots, slate: tuple[int, ...]) -> float:
    liked = ballots.supports[:, list(slate)].sum(axis=1)
    harmonic = np.concatenate([[0.0], np.cumsum(1 / np.arange(1, len(slate) + 1))])
    return float(harmonic[liked] @ ballots.people)


def fill_by_pav(ballots: Ballots, chosen: list[int], size: int) -> list[int]:
    """Add demands one by one, each time the one that adds most to the PAV score."""
    chosen = list(chosen)
    while len(chosen) < min(size, len(ballots.demands)):
        liked = ballots.supports[:, chosen].sum(axis=1)
        gain = (ballots.people / (liked + 1)) @ ballots.supports
        gain[chosen] = -1.0
        chosen.append(int(np.argmax(np.round(gain, 9))))
    return chosen


def _climb(ballots: Ballots, slate: list[int]) -> tuple[int, ...]:
    best, score = tuple(sorted(slate)), pav_score(ballots, tuple(slate))
    moved = True
    while moved:
        moved = False
        for out in best:
            for new in range(len(ballots.demands)):
                if new in best:
                    continue
                trial = tuple(sorted({*best, new} - {out}))
                gained = pav_score(ballots, trial)
                if gained > score + _TINY:
                    best, score, moved = trial, gained, True
                    break
            if moved:
                break
    return best
