"""The most people that a list of a given length can leave nobody of without something they support.

Maximum coverage is hard in general (Cornuejols, Fisher and Nemhauser 1977), so it is bounded from both sides: from below
by the greedy list (at least 1 - 1/e of the best; Nemhauser, Wolsey and Fisher 1978) improved by swaps, from above by a
Lagrangian bound (Fisher 1981). Where the two differ, choices that the bound settles are fixed, and a small integer
program (HiGHS) decides over the rest. What is left open after that is said: `at_most` is above `people`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.line.ballots import Ballots

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STEPS = 300
PATIENCE = 20
SMALL = 600  # entries of the integer program, up to which it is solved in about a second
NODES = 30
_TINY = 1e-6


@dataclass(frozen=True)
class BestCoverage:
    """The best list found for a length.

    Attributes
    ----------
    chosen : positions of its demands, sorted
    people : how many people support at least one of them
    at_most : no list of that length reaches more; equal to `people` where it is proven that none does
    """

    chosen: tuple[int, ...]
    people: int
    at_most: int

    @property
    def exact(self) -> bool:
        return self.people == self.at_most


def find_best_coverage(ballots: Ballots, size: int, *, fixed: Sequence[int] = ()) -> BestCoverage:
    """Find the list of at most `size` demands, `fixed` ones among them, that leaves the fewest people out.

    Raises
    ------
    ValueError
        Where `size` is under 1 or under the number of fixed demands.

    Examples
    --------
    >>> supports = np.array([[True, True, False], [True, False, True], [False, False, True]])
    >>> cast = Ballots((1, 2, 3), supports, ~supports, np.array([5, 4, 3]))
    >>> find_best_coverage(cast, 2)
    BestCoverage(chosen=(0, 2), people=12, at_most=12)
    """
    if size < 1 or size < len(fixed):
        raise ValueError(f"a list of {size} cannot hold {max(1, len(fixed))}")
    reached = ballots.supports[:, list(fixed)].any(axis=1)
    already = int(ballots.people[reached].sum())
    rows, weight = _distinct(ballots.supports[~reached], ballots.people[~reached])
    places = min(size, rows.shape[1]) - len(fixed)
    chosen = improve_by_swaps(rows, weight, choose_greedily(rows, weight, places))
    found = covered_people(rows, weight, chosen)
    reachable = int(weight.sum()) if places else 0
    if found < reachable:
        chosen, found, reachable = _settle(rows, weight, chosen, min(places, rows.shape[1]))
    whole = tuple(sorted({*fixed, *chosen}))
    return BestCoverage(whole, already + found, already + reachable)


def _settle(rows: Bools, weight: Ints, chosen: list[int], places: int) -> tuple[list[int], int, int]:
    """Prove a list best, better it, or bound what a better one could reach."""
    found = covered_people(rows, weight, chosen)
    bound, scores = bound_coverage(rows, weight, places, found)
    at_most = min(int(weight.sum()), int(np.floor(bound + _TINY)))
    if at_most <= found:
        return chosen, found, found
    ins, outs = _fix(scores, places, bound, found)
    free = np.flatnonzero(~ins & ~outs)
    left = ~rows[:, ins].any(axis=1)
    if int(rows[np.ix_(left, free)].sum()) > SMALL:
        return chosen, found, at_most
    base = int(weight[~left].sum())
    solved, most = solve_integer_program(rows[np.ix_(left, free)], weight[left], places - int(ins.sum()))
    better = [*np.flatnonzero(ins).tolist(), *free[solved].tolist()]
    reached = covered_people(rows, weight, better)
    if reached > found:
        chosen, found = better, reached
    return chosen, found, max(found, min(at_most, base + most))


def covered_people(rows: Bools, weight: Ints, chosen: Sequence[int]) -> int:
    return int(weight[rows[:, list(chosen)].any(axis=1)].sum())


def _distinct(rows: Bools, people: Ints) -> tuple[Bools, Ints]:
    """Ballots that support the same demands as one; those that support nothing are left out."""
    some = rows.any(axis=1)
    if not some.any():
        return rows[:0], people[:0]
    distinct, where = np.unique(rows[some], axis=0, return_inverse=True)
    return distinct, np.bincount(where.ravel(), weights=people[some]).astype(np.int64)


def choose_greedily(rows: Bools, weight: Ints, places: int) -> list[int]:
    """Add the demand that reaches most of those who have nothing yet, until nobody new is reached."""
    chosen: list[int] = []
    left = weight.copy()
    for _ in range(places):
        gain = left @ rows
        if not gain.max(initial=0):
            break
        best = int(gain.argmax())
        chosen.append(best)
        left = np.where(rows[:, best], 0, left)
    return chosen


def improve_by_swaps(rows: Bools, weight: Ints, chosen: list[int]) -> list[int]:
    """Swap a demand for another while that reaches more people."""
    best = list(chosen)
    times = rows[:, best].sum(axis=1)
    while best:
        swaps = []
        for place, out in enumerate(best):
            without = times - rows[:, out]
            gain = np.where(without == 0, weight, 0) @ rows
            new = int(gain.argmax())
            swaps.append((int(gain[new]) + int(weight[without > 0].sum()), -place, new))
        reached, place, new = max(swaps)
        if reached <= int(weight[times > 0].sum()):
            break
        times = times - rows[:, best[-place]] + rows[:, new]
        best[-place] = new
    return best


def bound_coverage(rows: Bools, weight: Ints, places: int, found: int) -> tuple[float, Floats]:
    """A number of people that no list exceeds, and the score of each demand behind it.

    A person counts at most once: prices for being counted a first time, moved by subgradients towards a step of
    Polyak's length, make the demands separable, so the best list at those prices is that of the highest scores.
    """
    matrix, most = rows.astype(np.float64), weight.astype(np.float64)
    price = most / np.maximum(rows.sum(axis=1), 1)
    best, scores, length, waited = np.inf, price @ matrix, 2.0, 0
    for _ in range(STEPS):
        score = price @ matrix
        top = np.argsort(-score, kind="stable")[:places]
        bound = float((most - price).sum() + score[top].sum())
        if bound < best - _TINY:
            best, scores, waited = bound, score, 0
        else:
            waited += 1
        if best < found + 1 - _TINY:
            break
        if waited >= PATIENCE:
            length, waited = length / 2, 0
        slope = matrix[:, top].sum(axis=1) - 1.0
        step = length * (bound - found) / max(float(slope @ slope), 1.0)
        price = np.clip(price - step * slope, 0.0, most)
    return best, scores


def _fix(scores: Floats, places: int, bound: float, found: int) -> tuple[Bools, Bools]:
    """Demands that every better list has, and those that none has."""
    order = np.argsort(-scores, kind="stable")
    inside = np.zeros(len(scores), bool)
    inside[order[:places]] = True
    last = scores[order[places - 1]]
    following = scores[order[places]] if places < len(scores) else -np.inf
    needed = found + 1 - _TINY
    ins = inside & (bound - scores + following < needed)
    outs = ~inside & (bound - last + scores < needed)
    return ins, outs


def solve_integer_program(rows: Bools, weight: Ints, places: int) -> tuple[list[int], int]:
    """Solve maximum coverage; gives a list, and what no list exceeds where the search ended before its proof."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, eye_array, hstack

    people, demands = rows.shape
    if not people or not demands or places <= 0:
        return [], 0
    reach = csr_array(hstack([csr_array(rows.astype(np.float64)), -eye_array(people)]))
    counted = np.concatenate([np.ones(demands), np.zeros(people)])
    solved = milp(
        np.concatenate([np.zeros(demands), -weight.astype(np.float64)]),
        integrality=counted,
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(reach, 0, np.inf), LinearConstraint(counted, -np.inf, places)],
        options={"node_limit": NODES, "mip_rel_gap": 0.0},
    )
    bound = -float(solved.mip_dual_bound) if solved.mip_dual_bound is not None else float(weight.sum())
    chosen = np.flatnonzero(solved.x[:demands] > 0.5).tolist() if solved.x is not None else []
    return chosen, int(np.floor(bound + 1e-4))
