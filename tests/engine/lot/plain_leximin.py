"""Leximin a second time, plain and slow: every panel of people is written out, and each chance is raised alone."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from massline.engine.lot import Quota


def every_panel(
    people: Mapping[str, Mapping[str, str]], quotas: Sequence[Quota], size: int
) -> list[tuple[str, ...]]:
    """All panels that meet the quotas."""

    def meets(panel: tuple[str, ...], quota: Quota) -> bool:
        return quota.least <= sum(people[id][quota.feature] == quota.value for id in panel) <= quota.most

    return [p for p in combinations(sorted(people), size) if all(meets(p, quota) for quota in quotas)]


def plain_leximin(ids: Sequence[str], panels: Sequence[tuple[str, ...]]) -> dict[str, float]:
    """The chance of each person; whoever cannot have more than the smallest of the others is settled there."""
    member = np.array([[id in panel for panel in panels] for id in ids], float)
    settled: dict[int, float] = {}
    while len(settled) < len(ids):
        loose = [n for n in range(len(ids)) if n not in settled]
        least = _most(member, settled, loose, 0.0, None)
        stuck = [n for n in loose if _most(member, settled, loose, least - 1e-9, n) < least + 1e-6]
        settled |= dict.fromkeys(stuck, least)
    return {id: settled[n] for n, id in enumerate(ids)}


def _most(
    member: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    settled: Mapping[int, float],
    loose: Sequence[int],
    floor: float,
    one: int | None,
) -> float:
    """The largest chance of one person, or (for None) of the least of all who are loose."""
    count = member.shape[1]
    rows = [np.r_[-member[n], 0.0] for n in settled]
    bounds = [-(chance - 1e-8) for chance in settled.values()]
    for n in loose:
        rows.append(np.r_[-member[n], 1.0 if one is None or n == one else 0.0])
        bounds.append(0.0 if one is None or n == one else -floor)
    found = linprog(
        np.r_[np.zeros(count), -1.0],
        A_ub=np.array(rows),
        b_ub=bounds,
        A_eq=np.r_[np.ones(count), 0.0][None],
        b_eq=[1.0],
        bounds=[(0, None)] * (count + 1),
    )
    assert found.fun is not None
    return float(-found.fun)
