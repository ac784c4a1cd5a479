"""Reading columns of votes: ids to positions, values checked, one canonical order."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import chain
from math import fsum

import numpy as np
from numpy.typing import NDArray

Id = int | str
Ids = NDArray[np.int64] | NDArray[np.object_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Names = Mapping[int, str] | Mapping[str, str] | Mapping[Id, str]
Weights = Mapping[int, float] | Mapping[str, float] | Mapping[Id, float]


def read_integers(rows: list[tuple[Id, Id, int]]) -> tuple[Ints, Ints, Ints] | None:
    """The three columns where every field is a plain int, much the most common case; otherwise None."""
    if not rows or set(map(len, rows)) != {3} or set(map(type, chain.from_iterable(rows))) != {int}:
        return None
    with suppress(OverflowError):
        flat = np.fromiter(chain.from_iterable(rows), np.int64, 3 * len(rows)).reshape(-1, 3)
        return flat[:, 0].copy(), flat[:, 1].copy(), flat[:, 2].copy()
    return None


def read_values(values: Sequence[float] | NDArray[np.generic]) -> NDArray[np.int8]:
    """Check that every vote is +1, 0 or -1."""
    try:
        numbers = np.asarray(values)
        if numbers.size == 0:
            return np.zeros(0, np.int8)
        if numbers.dtype.kind not in "if":
            raise TypeError
        good = (numbers == 1) | (numbers == 0) | (numbers == -1)
    except (TypeError, ValueError):
        numbers = np.asarray(list(values), dtype=object)
        good = np.array(
            [type(v) is not bool and not isinstance(v, str) and v in (1, 0, -1) for v in numbers.tolist()],
            bool,
        )
    if not good.all():
        row = int(np.flatnonzero(~good)[0])
        raise ValueError(f"row {row}: a vote is +1, 0 or -1, got {numbers[row]!r}")
    return numbers.astype(np.int8)


def factorise(
    column: Sequence[Id] | Ints, name: str, *, also: tuple[Id, ...] = ()
) -> tuple[Ids, NDArray[np.int32]]:
    """Sort the distinct ids (integers before text) and give every row its position among them."""
    if isinstance(column, np.ndarray) and column.dtype.kind in "iu" and not also:
        return factorise_integers(column)
    listed: list[Id] = column.tolist() if isinstance(column, np.ndarray) else list(column)
    kinds = set(map(type, listed))
    if kinds == {int} and not also:
        with suppress(OverflowError):
            return factorise_integers(np.array(listed, np.int64))
    if any(kind is not int and kind is not str for kind in kinds):
        listed = [read_id(value, name, row) for row, value in enumerate(listed)]
    distinct = set(listed) | {read_id(value, name, row) for row, value in enumerate(also)}
    numbers = sorted(value for value in distinct if isinstance(value, int))
    texts = sorted(value for value in distinct if isinstance(value, str))
    if broken := [text for text in texts if not is_encodable(text)]:
        raise ValueError(f"row {listed.index(broken[0])}: the {name} {broken[0]!r} is not valid Unicode")
    ordered: list[Id] = [*numbers, *texts]
    position = {value: i for i, value in enumerate(ordered)}
    codes = np.fromiter(map(position.__getitem__, listed), np.int32, len(listed))
    if not texts and (not numbers or max(-numbers[0], numbers[-1]) < 2**63):
        return np.array(numbers, np.int64), codes
    ids = np.empty(len(ordered), object)
    ids[:] = ordered
    return ids, codes


def factorise_integers(column: NDArray[np.integer]) -> tuple[Ints, NDArray[np.int32]]:
    """Do the same for an integer array; without sorting where the ids are dense, without copying where they run
    from zero.
    """
    if column.size == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int32)
    low, high = int(column.min()), int(column.max())
    if high - low > 4 * column.size + 1024:
        ids, codes = np.unique(column.astype(np.int64, copy=False), return_inverse=True)
        return ids, codes.astype(np.int32)
    offset = column if low == 0 else column - low
    present = np.zeros(high - low + 1, bool)
    present[offset] = True
    ids = np.flatnonzero(present).astype(np.int64) + low
    if len(ids) == len(present):
        return ids, offset.astype(np.int32, copy=False)
    return ids, (np.cumsum(present, dtype=np.int32) - 1).astype(np.int32, copy=False)[offset]


def read_id(value: object, name: str, row: int) -> Id:
    """Return an id as a plain int or str, or say which row holds something else."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return int(value)
    raise ValueError(f"row {row}: the {name} must be an int or a str, got {value!r}")


def is_encodable(text: str) -> bool:
    """True if a text can be written as UTF-8 (a lone surrogate cannot)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


Codes = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8]]


def keep_last_votes(
    who: NDArray[np.int32], which: NDArray[np.int32], values: NDArray[np.int8], people: int, asked: int
) -> Codes:
    """Sort votes by person and statement and keep the last of each.

    Person, statement, row and value are packed into one integer, since sorting plain integers is several
    times faster than sorting positions by two keys.
    """
    if is_sorted(who, which):
        return who, which, values
    row_bits = len(who).bit_length()
    if (people * asked).bit_length() + row_bits + 2 > 63:
        order = np.lexsort((np.arange(len(who)), which, who))
        who, which, values = who[order], which[order], values[order]
        keep = np.append((np.diff(who) > 0) | (np.diff(which) > 0), True)
        return who[keep], which[keep], values[keep]
    cell = who.astype(np.int64)
    cell *= asked
    cell += which
    cell <<= row_bits
    cell |= np.arange(len(who), dtype=np.int64)
    cell <<= 2
    cell |= values + np.int8(1)
    cell.sort()
    values = (cell & 3).astype(np.int8)
    values -= 1
    cell >>= row_bits + 2
    keep = np.append(cell[1:] > cell[:-1], True)
    if not keep.all():
        cell, values = cell[keep], values[keep]
    return (cell // asked).astype(np.int32), (cell % asked).astype(np.int32), values


def is_sorted(who: NDArray[np.int32], which: NDArray[np.int32]) -> bool:
    """True if the votes are sorted by person and statement already, each cell once."""
    block = 4_000_000
    for low in range(0, len(who), block):
        people, asked = who[low : low + block + 1], which[low : low + block + 1]
        later = people[1:] > people[:-1]
        later |= (people[1:] == people[:-1]) & (asked[1:] > asked[:-1])
        if not later.all():
            return False
    return True


def read_sections(people: Ids, sections: Names) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Return the position of every participant's section name, -1 where none is known."""
    if not sections:
        return (), np.full(len(people), -1, np.int32)
    listed = [sections.get(person) for person in people.tolist()]
    names = sorted({name for name in listed if name is not None})
    position = {name: i for i, name in enumerate(names)}
    return tuple(names), np.array([-1 if name is None else position[name] for name in listed], np.int32)


def read_weights(people: Ids, weights: Weights) -> Floats:
    """Return every participant's weight; the mean is 1 so that counts stay counts."""
    listed = np.array([float(weights.get(person, 1.0)) for person in people.tolist()])
    bad = ~(np.isfinite(listed) & (listed > 0))
    if bad.any():
        person = people.tolist()[int(np.flatnonzero(bad)[0])]
        raise ValueError(f"the weight of participant {person!r} must be a finite number above 0")
    # The exact sum is the same in every order of people.
    return listed / (fsum(listed.tolist()) / len(listed)) if len(listed) else listed
