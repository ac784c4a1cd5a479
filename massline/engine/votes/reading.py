"""Reading columns of votes: ids to positions, values checked, one canonical order."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Id = int | str
Ids = NDArray[np.int64] | NDArray[np.object_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Names = Mapping[int, str] | Mapping[str, str] | Mapping[Id, str]
Weights = Mapping[int, float] | Mapping[str, float] | Mapping[Id, float]


def read_values(values: Sequence[float] | NDArray[np.generic]) -> NDArray[np.int8]:
    """Check that every vote is +1, 0 or -1."""
    try:
        numbers = np.asarray(values if isinstance(values, np.ndarray) else list(values))
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


def factorise(column: Sequence[Id] | Ints, name: str, *, also: tuple[Id, ...] = ()) -> tuple[Ids, Ints]:
    """Sort the distinct ids (integers before text) and give every row its position among them."""
    if isinstance(column, np.ndarray) and column.dtype.kind in "iu" and not also:
        return factorise_integers(column.astype(np.int64, copy=False))
    listed: list[Id] = column.tolist() if isinstance(column, np.ndarray) else list(column)
    if any(kind is not int and kind is not str for kind in set(map(type, listed))):
        listed = [plain_id(value, name, row) for row, value in enumerate(listed)]
    distinct = set(listed) | {plain_id(value, name, row) for row, value in enumerate(also)}
    numbers = sorted(value for value in distinct if isinstance(value, int))
    texts = sorted(value for value in distinct if isinstance(value, str))
    if broken := [text for text in texts if not encodes(text)]:
        raise ValueError(f"row {listed.index(broken[0])}: the {name} {broken[0]!r} is not valid Unicode")
    ordered: list[Id] = [*numbers, *texts]
    position = {value: i for i, value in enumerate(ordered)}
    codes = np.fromiter(map(position.__getitem__, listed), np.int64, len(listed))
    if not texts and (not numbers or max(-numbers[0], numbers[-1]) < 2**63):
        return np.array(numbers, np.int64), codes
    ids = np.empty(len(ordered), object)
    ids[:] = ordered
    return ids, codes


def factorise_integers(column: Ints) -> tuple[Ints, Ints]:
    """Do the same for an integer array; without sorting where the ids are dense."""
    if column.size == 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    low, high = int(column.min()), int(column.max())
    if high - low > 4 * column.size + 1024:
        ids, codes = np.unique(column, return_inverse=True)
        return ids, codes.astype(np.int64, copy=False)
    present = np.zeros(high - low + 1, bool)
    present[column - low] = True
    ids = np.flatnonzero(present).astype(np.int64) + low
    if len(ids) == len(present):
        return ids, column - low
    position = np.cumsum(present, dtype=np.int64) - 1
    return ids, position[column - low]


def plain_id(value: object, name: str, row: int) -> Id:
    """Give an id as a plain int or str, or say which row holds something else."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return int(value)
    raise ValueError(f"row {row}: the {name} must be an int or a str, got {value!r}")


def encodes(text: str) -> bool:
    """Say whether a text can be written as UTF-8 (a lone surrogate cannot)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def last_wins(
    who: Ints, which: Ints, values: NDArray[np.int8], people: int, asked: int
) -> tuple[Ints, Ints, NDArray[np.int8]]:
    """Sort votes by person and statement and keep the last of each.

    Person, statement, row and value are packed into one integer, since sorting plain integers is several
    times faster than sorting positions by two keys.
    """
    cell = who * asked + which
    steps = np.diff(cell)
    if (steps > 0).all():
        return who, which, values
    row_bits = max(1, len(who).bit_length())
    if (people * asked).bit_length() + row_bits + 2 > 63:
        order = np.lexsort((np.arange(len(who)), which, who))
        keep = np.append(np.diff(cell[order]) > 0, True)
        order = order[keep]
        return who[order], which[order], values[order]
    cell <<= row_bits + 2
    cell |= np.arange(len(who), dtype=np.int64) << 2
    cell |= values + np.int64(1)
    cell.sort()
    sorted_values = ((cell & 3) - 1).astype(np.int8)
    cell >>= row_bits + 2
    keep = np.append(np.diff(cell) > 0, True)
    if not keep.all():
        cell, sorted_values = cell[keep], sorted_values[keep]
    persons, statements = np.divmod(cell, asked)
    return persons, statements, sorted_values


def read_sections(people: Ids, sections: Names) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Give every participant the position of their section's name, -1 where none is known."""
    if not sections:
        return (), np.full(len(people), -1, np.int32)
    listed = [sections.get(person) for person in people.tolist()]
    names = sorted({name for name in listed if name is not None})
    position = {name: i for i, name in enumerate(names)}
    return tuple(names), np.array([-1 if name is None else position[name] for name in listed], np.int32)


def read_weights(people: Ids, weights: Weights) -> Floats:
    """Give every participant a weight; the mean is 1 so that counts stay counts."""
    listed = np.array([float(weights.get(person, 1.0)) for person in people.tolist()])
    bad = ~(np.isfinite(listed) & (listed > 0))
    if bad.any():
        person = people.tolist()[int(np.flatnonzero(bad)[0])]
        raise ValueError(f"the weight of participant {person!r} must be a finite number above 0")
    return listed / listed.mean() if len(listed) else listed
