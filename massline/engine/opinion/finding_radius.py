"""The number of coordinated participants who would overturn the finding on each statement."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.statement_results import Counts, StatementTable
from massline.engine.opinion.tamper_radius import (
    NEVER,
    bound_falls,
    bridging_falls,
    divisions_fall,
    share_falls,
    split_falls,
)

Ints = NDArray[np.int64]

BAR = 0.5
MORE_THAN_HALF = BAR + 1e-12


@dataclass(frozen=True, eq=False)
class FindingRadii:
    """The findings that hold, each with the fewest participants who would overturn it.

    Attributes
    ----------
    people : (3, M) of `unites`, `against` and `divides`; -1 where there is no such finding, or no number
    counted : (n, M) the counts they follow from
    """

    people: Ints
    counted: Ints

    def named(self) -> list[dict[str, int]]:
        """By statement, the findings that hold."""
        names = ("unites", "against", "divides")
        return [
            {name: people for name, people in zip(names, row, strict=True) if people >= 0}
            for row in self.people.T.tolist()
        ]


def measure_finding_radii(rated: StatementTable, *, before: FindingRadii | None = None) -> FindingRadii:
    """Work out the radii of each statement.

    `unites`: more than half surely agree, in every group. `against`: most disagree, and surely no half of any group
    agrees. `divides`: groups surely differ, by half at least or, with two groups, by anything; without groups people
    split nearly evenly. Statements whose counts are as they were `before` keep their radii.
    """
    parts = rated.by_group if len(rated.by_group.seen) else rated.whole
    counted = np.concatenate(
        [one for part in (rated.whole, parts) for one in (part.seen, part.agree, part.disagree)]
    )
    same = np.zeros(counted.shape[1], bool)
    people = np.full((3, counted.shape[1]), NEVER, np.int64)
    if before is not None and before.counted.shape == counted.shape:
        same = (before.counted == counted).all(axis=0)
        people[:, same] = before.people[:, same]
    fresh = np.flatnonzero(~same)
    if len(fresh):
        people[:, fresh] = measure_radii(rated.at(fresh))
    return FindingRadii(people, counted)


def measure_radii(rated: StatementTable) -> Ints:
    """The three radii of every statement, (3, M)."""
    parts = rated.by_group if len(rated.by_group.seen) else rated.whole
    unites = bridging_falls(parts.agree, parts.seen, BAR)
    holds = (rated.bridging >= BAR) & (unites != NEVER)
    against = consensus_against_falls(rated, parts)
    divides = division_falls(rated)
    return np.stack(
        [
            np.where(holds, unites, NEVER),
            np.where(~holds & (against > 0), against, NEVER),
            np.where(divides > 0, divides, NEVER),
        ]
    )


def consensus_against_falls(rated: StatementTable, parts: Counts) -> Ints:
    """Supporters until half may agree in some group, or half of all do not disagree; 0 where that is so already."""
    groups, size = parts.seen.shape
    others = (parts.seen - parts.agree).ravel()
    may_agree = bound_falls(others, parts.seen.ravel(), BAR).reshape(groups, size).min(axis=0)
    overall = rated.whole
    may_agree = np.minimum(may_agree, bound_falls(overall.seen[0] - overall.agree[0], overall.seen[0], BAR))
    no_most = share_falls(overall.disagree[0], overall.seen[0], MORE_THAN_HALF)
    return np.asarray(np.minimum(may_agree, no_most), np.int64)


def division_falls(rated: StatementTable) -> Ints:
    """Participants until a statement divides no more, (M,); 0 where it does not, `NEVER` where it is not worked out."""
    found = np.zeros(len(rated.divisive), np.int64)
    divides = np.flatnonzero(rated.divisive > 0)
    if len(rated.by_group.seen) == 2:
        found[divides] = divisions_fall(
            rated.by_group.agree[:, divides], rated.by_group.seen[:, divides], 0.0
        )
        return found
    found[divides] = NEVER
    if len(rated.by_group.seen) == 0:
        overall = rated.overall
        for j in np.flatnonzero(rated.divisive > BAR).tolist():
            found[j] = split_falls(int(overall.agree[j]), int(overall.disagree[j]), int(overall.seen[j]), BAR)
    return found
