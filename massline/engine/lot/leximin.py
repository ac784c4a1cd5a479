"""The fairest chances that quotas allow: the smallest chance is as large as it can be, then the next, and so on.

Leximin by column generation (Flanigan, Gölz, Gupta, Hennig and Procaccia 2021, "Fair algorithms for selecting citizens'
assemblies"): a linear program shares out probability among the panels found so far, an integer program looks for the panel
that its prices ask for most. When there is none, whoever has a price has the smallest chance in every best solution.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.lot.pool import Pool

_EPSILON = 1e-7
Vector = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PanelProbabilities:
    """Probabilities of panels, and what follows from them for each person.

    Attributes
    ----------
    panels : (p, t) how many of each kind a panel has; each panel meets all quotas
    probability : (p,) of each panel, more than 0
    chance : (t,) of each person of a kind, by these probabilities
    """

    panels: NDArray[np.int64]
    probability: Vector
    chance: Vector


def leximin_probabilities(pool: Pool) -> PanelProbabilities:
    """Find the leximin probabilities of panels.

    Raises ValueError where no panel meets the quotas, with the smallest change that would help.
    """
    panels = _first_panels(pool)
    sizes = pool.sizes.astype(float)
    fixed: dict[int, float] = {kind: 0.0 for kind in range(len(sizes)) if not any(p[kind] for p in panels)}
    while len(fixed) < len(sizes):
        least, prices, threshold = _share_out(panels, sizes, fixed)
        best = _find_panel(pool, prices / sizes)
        if float(prices / sizes @ best) > threshold + _EPSILON:
            panels.append(best)
            continue
        tight = [kind for kind in range(len(sizes)) if kind not in fixed and prices[kind] > _EPSILON]
        fixed |= dict.fromkeys(tight, least)
    probability = _share_out_fixed(panels, sizes, fixed)
    used = probability > 0
    kept = np.array(panels, np.int64)[used]
    return PanelProbabilities(kept, probability[used], probability[used] @ kept / sizes)


def _first_panels(pool: Pool) -> list[NDArray[np.int64]]:
    """A panel for each kind that any panel can have."""
    panels: list[NDArray[np.int64]] = []
    for kind in range(len(pool.people)):
        if not any(panel[kind] for panel in panels):
            panel = _find_panel(pool, np.eye(len(pool.people))[kind])
            if not panels or panel[kind]:
                panels.append(panel)
    return panels


def _find_panel(pool: Pool, weights: Vector) -> NDArray[np.int64]:
    """(t,) the panel within the quotas whose people weigh most together."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    whole = LinearConstraint(np.ones((1, len(weights))), pool.size, pool.size)
    quotas = LinearConstraint(pool.has.T, [q.least for q in pool.quotas], [q.most for q in pool.quotas])
    found = milp(
        -weights,
        integrality=np.ones(len(weights), np.int64),
        bounds=Bounds(0, pool.sizes),
        constraints=[whole, quotas] if pool.quotas else [whole],
    )
    if found.x is None:
        raise ValueError(_say_nearest(pool))
    return np.rint(found.x).astype(np.int64)


def _share_out(
    panels: list[NDArray[np.int64]], sizes: Vector, fixed: dict[int, float]
) -> tuple[float, Vector, float]:
    """The largest smallest chance, the price of each kind, and what a panel must be worth by them to help."""
    from scipy.optimize import linprog

    chances = (np.array(panels) / sizes).T
    kinds, count = chances.shape
    is_open = np.array([kind not in fixed for kind in range(kinds)], float)
    found = linprog(
        np.r_[np.zeros(count), -1.0],
        A_ub=np.c_[-chances, is_open],
        b_ub=-np.array([max(fixed.get(kind, 0.0) - _EPSILON, 0.0) for kind in range(kinds)]),
        A_eq=np.r_[np.ones(count), 0.0][None],
        b_eq=[1.0],
        method="highs",
    )
    assert found.fun is not None, found.message
    prices = np.maximum(-np.asarray(found.ineqlin.marginals, float), 0.0)
    return float(-found.fun), prices, float(-found.eqlin.marginals[0])


def _share_out_fixed(panels: list[NDArray[np.int64]], sizes: Vector, fixed: dict[int, float]) -> Vector:
    """(p,) probabilities that miss the chances of all by as little as can be."""
    from scipy.optimize import linprog

    chances = (np.array(panels) / sizes).T
    kinds, count = chances.shape
    found = linprog(
        np.r_[np.zeros(count), 1.0],
        A_ub=np.c_[-chances, -np.ones(kinds)],
        b_ub=-np.array([fixed[kind] for kind in range(kinds)]),
        A_eq=np.r_[np.ones(count), 0.0][None],
        b_eq=[1.0],
        method="highs",
    )
    assert found.x is not None, found.message
    probability = np.where(found.x[:-1] > 1e-9, found.x[:-1], 0.0)
    return np.asarray(probability / probability.sum(), float)


def _say_nearest(pool: Pool) -> str:
    """Which quotas would have to give way, and how far, so that a panel exists."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    kinds, quotas = pool.has.shape
    eye = np.eye(quotas)
    whole = LinearConstraint(np.r_[np.ones(kinds), np.zeros(2 * quotas)][None], pool.size, pool.size)
    least = LinearConstraint(np.c_[pool.has.T, eye, 0 * eye], [q.least for q in pool.quotas], np.inf)
    most = LinearConstraint(np.c_[pool.has.T, 0 * eye, -eye], -np.inf, [q.most for q in pool.quotas])
    found = milp(
        np.r_[np.zeros(kinds), np.ones(2 * quotas)],
        integrality=np.ones(kinds + 2 * quotas, np.int64),
        bounds=Bounds(0, np.r_[pool.sizes, np.full(2 * quotas, pool.size)]),
        constraints=[whole, least, most],
    )
    if found.x is None:
        return f"no panel of {pool.size} meets the quotas"
    slack = np.rint(found.x[kinds:]).astype(int)
    changes = [
        f"{q.feature} {q.value} at least {q.least - low} instead of {q.least}"
        if low
        else f"{q.feature} {q.value} at most {q.most + high} instead of {q.most}"
        for q, low, high in zip(pool.quotas, slack[:quotas], slack[quotas:], strict=True)
        if low or high
    ]
    return f"no panel of {pool.size} meets the quotas; one would with {', '.join(changes)}"
