"""Whether every large enough group of people who want the same has its due in a list."""

from dataclasses import dataclass

import numpy as np

from massline.engine.line.ballots import Ballots
from massline.engine.line.interval_estimate import Id


@dataclass(frozen=True)
class Underrepresented:
    """People who all support a demand, are due so many of the list, and each have fewer.

    Attributes
    ----------
    demand : the demand outside the list that all of them support
    due : how many demands of the list their number is due
    people : how many of its supporters have fewer than that in the list
    """

    demand: Id
    due: int
    people: int


def overlooked_demands(ballots: Ballots, chosen: tuple[int, ...]) -> tuple[Id, ...]:
    """Demands that break justified representation (Aziz et al. 2017): n / size supporters left with nothing."""
    left = ~ballots.supports[:, list(chosen)].any(axis=1)
    without = ballots.people[left] @ ballots.supports[left]
    due = ballots.voters / len(chosen)
    return tuple(d for d, n in zip(ballots.demands, np.atleast_1d(without), strict=True) if n >= due)


def find_underrepresented(ballots: Ballots, chosen: tuple[int, ...]) -> tuple[Underrepresented, ...]:
    """Find where a list breaks EJR+ (Brill and Peters 2023); empty where everybody has their due.

    Broken by a demand outside the list and a number l where at least l n / size people support the demand and each of
    them supports fewer than l demands of the list. Unlike extended justified representation it is checked in
    polynomial time: one count for each demand and l. For each demand the least l is given.

    Examples
    --------
    >>> supports = np.array([[True, True, False, False], [False, False, True, True]])
    >>> cast = Ballots(("a", "b", "x", "y"), supports, ~supports, np.array([15, 15]))
    >>> find_underrepresented(cast, (0, 2))
    ()
    >>> [broken.demand for broken in find_underrepresented(cast, (0, 1))]
    ['x', 'y']
    """
    size = len(chosen)
    if not size:
        return ()
    liked = ballots.supports[:, list(chosen)].sum(axis=1)
    outside = np.setdiff1d(np.arange(len(ballots.demands)), np.array(chosen, np.int64))
    found: dict[int, Underrepresented] = {}
    for due in range(1, size + 1):
        fewer = liked < due
        people = ballots.people[fewer] @ ballots.supports[fewer]
        for place in outside[people[outside] * size >= due * ballots.voters].tolist():
            if people[place] and place not in found:
                found[place] = Underrepresented(ballots.demands[place], due, int(people[place]))
    return tuple(found[place] for place in sorted(found))
