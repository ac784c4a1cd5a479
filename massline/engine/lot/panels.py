"""The list of panels that dice choose from: 7,776 rows, named by five dice from 11111 to 66666."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from massline.engine.lot.leximin import PanelProbabilities
from massline.engine.lot.pool import Pool

DICE = 5
ROWS = 6**DICE


@dataclass(frozen=True, eq=False)
class PanelList:
    """One panel a row; every row is as likely as any other.

    Attributes
    ----------
    rows : (7776,) the ids of each panel, sorted
    """

    rows: tuple[tuple[str, ...], ...]

    def panel(self, dice: str) -> tuple[str, ...]:
        """The panel that five dice name. Raises ValueError where they are not five digits from 1 to 6."""
        return self.rows[row_of(dice)]

    def chances(self) -> dict[str, float]:
        """The share of rows that each person on any panel is in."""
        ids, counts = np.unique(np.array(self.rows), return_counts=True)
        return {str(id): int(count) / len(self.rows) for id, count in zip(ids, counts, strict=True)}

    def lines(self) -> Iterator[tuple[str, ...]]:
        """The dice of each row and its panel."""
        for row, panel in enumerate(self.rows):
            yield (dice_of(row), *panel)

    def digest(self) -> str:
        """SHA-256 of the lines, with tabs between cells and a line break after each line."""
        return sha256("".join("\t".join(line) + "\n" for line in self.lines()).encode()).hexdigest()


def list_panels(pool: Pool, chances: PanelProbabilities) -> PanelList:
    """Give each panel rows by its probability, and each person of a kind the same number of rows but for one.

    Rows are shared out by largest remainders. People of one kind take turns; each turn has an order of its own, by
    SHA-256 of its number, a line break and the id, so that nobody is always drawn together with the same others.
    """
    queues = [_Queue(members) for members in pool.people]
    rows: list[tuple[str, ...]] = []
    for panel, count in zip(chances.panels, _share_rows(chances.probability), strict=True):
        for _row in range(count):
            drawn = [queue.take(int(taken)) for queue, taken in zip(queues, panel, strict=True)]
            rows.append(tuple(sorted(id for ids in drawn for id in ids)))
    return PanelList(tuple(rows))


class _Queue:
    """People of one kind, who are taken once each before anybody is taken again."""

    def __init__(self, members: Sequence[str]) -> None:
        self.members = members
        self.turn = 0
        self.waiting: list[str] = []

    def take(self, count: int) -> list[str]:
        """The next so many, nobody twice; `count` is at most the number of members."""
        taken, self.waiting = self.waiting[:count], self.waiting[count:]
        if len(taken) < count:
            self.turn += 1
            order = sorted(self.members, key=lambda id: sha256(f"{self.turn}\n{id}".encode()).digest())
            # Whoever is on this panel already waits until the others of the turn have been taken.
            order = [id for id in order if id not in taken] + [id for id in order if id in taken]
            missing = count - len(taken)
            taken, self.waiting = taken + order[:missing], order[missing:]
        return taken


def row_of(dice: str) -> int:
    """The number of a row from 0. Raises ValueError where it is not five digits from 1 to 6."""
    if len(dice) != DICE or not set(dice) <= set("123456"):
        raise ValueError(f"the dice are {dice!r}; accepted are five digits from 1 to 6, such as 35216")
    return int("".join(str(int(digit) - 1) for digit in dice), 6)


def dice_of(row: int) -> str:
    """The five dice that name a row."""
    return "".join(str(row // 6**place % 6 + 1) for place in reversed(range(DICE)))


def _share_rows(probability: NDArray[np.float64]) -> list[int]:
    exact = probability * ROWS
    rows = np.floor(exact).astype(int)
    order = np.argsort(-np.round(exact - rows, 9), kind="stable")
    rows[order[: ROWS - int(rows.sum())]] += 1
    return [int(count) for count in rows]
