"""The statements of a map as two tables of numbers, so that a page reads a few of thousands without restoring them all."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from massline.engine.opinion.map_schema import (
    GroupAnswers,
    ReweightedShare,
    StatementAnswers,
    StatementExtras,
)
from massline.engine.result_documents import canonical_bytes, restore
from massline.engine.votes import Id

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FINDINGS = ("unites", "against", "divides")
EVEN = tuple(part.name for part in fields(ReweightedShare))
NO_EXTRAS = StatementExtras()


@dataclass(frozen=True)
class Layout:
    """The columns of both tables: of `whole` seen, agree, disagree and three radii, then three of each group;
    of `real` the interval, consensus, divisive, bridging and mean, then the parts below, then two of each group.
    """

    groups: int
    wide: int
    removed: int
    common: int = 0
    even: int = 0

    @property
    def parts(self) -> list[int]:
        """The first column of each part of `real` after the first six: loading, without, common, even, groups."""
        sizes = (6, self.wide, self.removed, self.common, self.even)
        return [sum(sizes[:end]) for end in range(1, len(sizes) + 1)]

    @property
    def whole_columns(self) -> int:
        return 6 + 3 * self.groups

    @property
    def real_columns(self) -> int:
        return self.parts[-1] + 2 * self.groups


@dataclass(frozen=True, eq=False)
class StatementArrays(Sequence[StatementAnswers]):
    """Every statement of a map; each is restored when it is asked for.

    Attributes
    ----------
    ids, texts : of M statements
    whole : (M, 6 + 3 k) counts and radii, -1 where nothing can be overturned
    real : (M, ..) shares, scores and loadings, not a number where a share was not worked out
    extras : by position, rarer parts as their JSON
    """

    ids: tuple[Id, ...]
    texts: tuple[str, ...]
    layout: Layout
    whole: Ints
    real: Floats
    extras: Mapping[int, Mapping[str, Any]]

    @classmethod
    def of(cls, rows: Sequence[StatementAnswers]) -> "StatementArrays":
        """The same statements as columns; they all have the same groups."""
        if isinstance(rows, cls):
            return rows
        first = rows[0] if rows else None
        layout = Layout(
            groups=len(first.by_group) if first else 0,
            wide=len(first.loading) if first else 2,
            removed=len(first.without_most_influential) if first else 0,
            common=3 if first and first.common_ground is not None else 0,
            even=len(EVEN) if any(row.drawn_evenly for row in rows) else 0,
        )
        extras = {j: StatementExtras(row.by_section, row.said_section) for j, row in enumerate(rows)}
        return cls(
            tuple(row.id for row in rows),
            tuple(row.text for row in rows),
            layout,
            np.array([_whole(row) for row in rows], np.int64).reshape(len(rows), layout.whole_columns),
            np.array([_real(row, layout) for row in rows], float).reshape(len(rows), layout.real_columns),
            {j: json.loads(canonical_bytes(extra)) for j, extra in extras.items() if extra != NO_EXTRAS},
        )

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: int) -> StatementAnswers: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[StatementAnswers, ...]: ...
    def __getitem__(self, at: int | slice) -> StatementAnswers | tuple[StatementAnswers, ...]:
        if isinstance(at, slice):
            return tuple(self[j] for j in range(*at.indices(len(self))))
        at = range(len(self))[at]
        return self._restored(at, self.whole[at].tolist(), self.real[at].tolist())

    def __iter__(self) -> Iterator[StatementAnswers]:
        rows = zip(self.whole.tolist(), self.real.tolist(), strict=True)
        return (self._restored(j, whole, real) for j, (whole, real) in enumerate(rows))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(mine == yours for mine, yours in zip(self, other, strict=True))

    def _restored(self, j: int, whole: list[int], real: list[float]) -> StatementAnswers:
        seen, agree, disagree, *radii = whole[:6]
        loading, without, common, even, groups = self.layout.parts
        shares = real[common:even]
        return StatementAnswers(
            id=self.ids[j],
            text=self.texts[j],
            seen=seen,
            agree=agree,
            disagree=disagree,
            passed=seen - agree - disagree,
            agree_interval=(real[0], real[1]),
            consensus=real[2],
            divisive=real[3],
            bridging=real[4],
            mean=real[5],
            by_group=tuple(
                _group(g, whole[6 + 3 * g : 9 + 3 * g], real[groups + 2 * g : groups + 2 * g + 2])
                for g in range(self.layout.groups)
            ),
            overturned_by={name: people for name, people in zip(FINDINGS, radii, strict=True) if people >= 0},
            loading=tuple(real[loading:without]),
            without_most_influential=tuple(real[without:common]),
            common_ground=shares[0] if shares else None,
            common_ground_interval=(shares[1], shares[2]) if shares else None,
            drawn_evenly=_share(real[even:groups]),
            **self._extras(j),
        )

    def _extras(self, j: int) -> dict[str, Any]:
        if j not in self.extras:
            return {}
        extra = restore(StatementExtras, self.extras[j])
        return {"by_section": extra.by_section, "said_section": extra.said_section}

    @cached_property
    def places(self) -> dict[Id, int]:
        """Position of each statement."""
        return {identity: at for at, identity in enumerate(self.ids)}

    def drawn_evenly(self, at: Ints, shares: Floats) -> "StatementArrays":
        """With corrected shares, (n, 4), beside the counts of the statements at these positions; only once."""
        if not len(at):
            return self
        even = np.full((len(self), len(EVEN)), np.nan)
        even[at] = shares
        real = np.insert(self.real, [self.layout.parts[3]] * len(EVEN), even, axis=1)
        return replace(self, layout=replace(self.layout, even=len(EVEN)), real=real)

    def pack(self) -> bytes:
        """Write it as bytes: a line of JSON, then both tables."""
        head = canonical_bytes([self.ids, self.texts, _sizes(self.layout), self.extras])
        return b"\n".join([head, self.whole.astype("<i4").tobytes() + self.real.astype("<f8").tobytes()])

    @classmethod
    def unpack(cls, body: bytes) -> "StatementArrays":
        """Read what `pack` wrote."""
        end = body.index(b"\n")
        ids, texts, sizes, extras = json.loads(body[:end])
        layout, count, start = Layout(*sizes), len(ids), end + 1
        whole = np.frombuffer(body, "<i4", count * layout.whole_columns, start)
        real = np.frombuffer(body, "<f8", count * layout.real_columns, start + whole.nbytes)
        return cls(
            tuple(ids),
            tuple(texts),
            layout,
            whole.astype(np.int64).reshape(count, layout.whole_columns),
            real.astype(float).reshape(count, layout.real_columns),
            {int(j): extra for j, extra in extras.items()},
        )


def _sizes(layout: Layout) -> tuple[int, ...]:
    return (layout.groups, layout.wide, layout.removed, layout.common, layout.even)


def _group(group: int, counts: list[int], interval: list[float]) -> GroupAnswers:
    seen, agree, disagree = counts
    return GroupAnswers(
        group=group,
        seen=seen,
        agree=agree,
        disagree=disagree,
        passed=seen - agree - disagree,
        agree_interval=(interval[0], interval[1]),
    )


def _share(numbers: list[float]) -> ReweightedShare | None:
    if not numbers or numbers[0] != numbers[0]:
        return None
    return ReweightedShare(**dict(zip(EVEN, numbers, strict=True)))


def _whole(row: StatementAnswers) -> list[int]:
    radii = [row.overturned_by.get(name, -1) for name in FINDINGS]
    counts = [(group.seen, group.agree, group.disagree) for group in row.by_group]
    return [row.seen, row.agree, row.disagree, *radii, *(number for group in counts for number in group)]


def _real(row: StatementAnswers, layout: Layout) -> list[float]:
    even = row.drawn_evenly
    return [
        *(*row.agree_interval, row.consensus, row.divisive, row.bridging, row.mean),
        *row.loading,
        *row.without_most_influential,
        *((row.common_ground, *(row.common_ground_interval or ())) if row.common_ground is not None else ()),
        *([getattr(even, name) if even else np.nan for name in EVEN] if layout.even else ()),
        *(end for group in row.by_group for end in group.agree_interval),
    ]
