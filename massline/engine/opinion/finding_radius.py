"""The number of coordinated participants who would overturn the finding on each statement."""

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.statements import Counts, StatementTable
from massline.engine.opinion.tamper_radius import (
    NEVER,
    bound_falls,
    bridging_falls,
    divisive_falls,
    share_falls,
    split_falls,
)

Ints = NDArray[np.int64]

BAR = 0.5
MORE_THAN_HALF = BAR + 1e-12


def measure_finding_radii(rated: StatementTable) -> list[dict[str, int]]:
    """By statement: the findings that hold, each with the fewest participants who would overturn it.

    `unites`: more than half surely agree, in every group. `against`: most disagree, and surely no half of any group
    agrees. `divides`: groups surely differ, by half at least or, with two groups, by anything; without groups people
    split nearly evenly.
    """
    parts = rated.by_group if len(rated.by_group.seen) else rated.whole
    unites = bridging_falls(parts.agree, parts.seen, BAR)
    holds = rated.bridging >= BAR
    against = consensus_against_falls(rated, parts)
    found = []
    for j in range(len(unites)):
        radii = {}
        if holds[j] and unites[j] != NEVER:
            radii["unites"] = int(unites[j])
        elif against[j] > 0:
            radii["against"] = int(against[j])
        divides = division_falls(rated, j)
        if divides > 0:
            radii["divides"] = divides
        found.append(radii)
    return found


def consensus_against_falls(rated: StatementTable, parts: Counts) -> Ints:
    """Supporters until half may agree in some group, or half of all do not disagree; 0 where that is so already."""
    groups, size = parts.seen.shape
    others = (parts.seen - parts.agree).ravel()
    may_agree = bound_falls(others, parts.seen.ravel(), BAR).reshape(groups, size).min(axis=0)
    overall = rated.whole
    may_agree = np.minimum(may_agree, bound_falls(overall.seen[0] - overall.agree[0], overall.seen[0], BAR))
    no_most = share_falls(overall.disagree[0], overall.seen[0], MORE_THAN_HALF)
    return np.asarray(np.minimum(may_agree, no_most), np.int64)


def division_falls(rated: StatementTable, j: int) -> int:
    """Participants until a statement divides no more; 0 where it does not, `NEVER` where it is not worked out."""
    if rated.divisive[j] <= 0:
        return 0
    if len(rated.by_group.seen) == 2:
        return divisive_falls(rated.by_group.agree[:, j], rated.by_group.seen[:, j], 0.0)
    if len(rated.by_group.seen) == 0 and rated.divisive[j] > BAR:
        overall = rated.overall
        return split_falls(int(overall.agree[j]), int(overall.disagree[j]), int(overall.seen[j]), BAR)
    return NEVER
