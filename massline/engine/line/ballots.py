"""Supporters and opponents of each demand, with equal ballots counted together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from massline.engine.line.interval_estimate import Id
from massline.engine.votes import VoteTable

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Ballots:
    """Distinct ballots over the demands that may be offered.

    Attributes
    ----------
    demands : ids, (m,)
    supports, rejects : (b, m) per distinct ballot; neither where a demand was passed on or not seen
    people : (b,) how many handed in that ballot
    silent : people who answered none of the demands; they are no part of any share
    """

    demands: tuple[Id, ...]
    supports: Bools
    rejects: Bools
    people: NDArray[np.int64]
    silent: int = 0

    @property
    def voters(self) -> int:
        return int(self.people.sum())

    def without(self, demand: Id) -> "Ballots":
        keep = np.array([d != demand for d in self.demands])
        names = tuple(d for d in self.demands if d != demand)
        return Ballots(names, self.supports[:, keep], self.rejects[:, keep], self.people, self.silent)


def gather_ballots(table: VoteTable, demands: Sequence[Id]) -> Ballots:
    """Gather the answers to the demands; everybody who answered at least one of them counts once."""
    column = {identity: j for j, identity in enumerate(table.statements.tolist())}
    missing = [d for d in demands if d not in column]
    if missing:
        raise ValueError(f"the votes know no statement {missing[0]!r}")
    place = np.full(len(column), -1)
    place[[column[d] for d in demands]] = np.arange(len(demands))
    where = place[table.statement]
    asked = where >= 0
    answers = np.full((table.shape[0], len(demands)), 2, np.int8)  # 2: not seen
    answers[table.voter[asked], where[asked]] = table.value[asked]
    answered = (answers != 2).any(axis=1)
    if not answered.any():
        nobody = np.zeros((0, len(demands)), bool)
        return Ballots(tuple(demands), nobody, nobody, np.zeros(0, np.int64), table.shape[0])
    distinct, people = np.unique(answers[answered], axis=0, return_counts=True)
    return Ballots(
        tuple(demands), distinct == 1, distinct == -1, people.astype(np.int64), int((~answered).sum())
    )
