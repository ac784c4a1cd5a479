"""Reading a CSV or Parquet file into named columns of text, with complaints a person can act on."""

import csv
import gzip
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import StringIO
from math import isfinite
from pathlib import Path
from typing import TypeVar

import click
import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value")
Column = list[str] | NDArray[np.int64]
_DELIMITERS = (",", ";", "\t")
_LONGEST_VALUE = 2**31 - 1


class Unreadable(click.ClickException):
    """A file that cannot be used, said in one sentence: what is wrong, where, and what is accepted."""


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of one file as text, or as whole numbers where the file says so.

    An empty text is a value that is not there.
    """

    source: str
    rows: int
    values: dict[str, Column]

    def has(self, name: str) -> bool:
        return name in self.values

    def verbatim(self, name: str) -> list[str]:
        """A column as it stands."""
        column = self.values[name]
        return column if isinstance(column, list) else list(map(str, column.tolist()))

    def text(self, name: str) -> list[str]:
        """A column without spaces around the values."""
        return [value.strip() for value in self.verbatim(name)]

    def integers(self, name: str) -> NDArray[np.int64] | None:
        """A column of nothing but whole numbers, read at once; None where any value is written otherwise."""
        column = self.values[name]
        if not isinstance(column, list):
            return column
        try:
            known = {value: int(value) for value in set(column)}
        except ValueError:
            return None
        # 007 and 7 are different ids: only numbers in their plain form are numbers here.
        if any(str(number) != value or abs(number) >= 2**63 for value, number in known.items()):
            return None
        return np.fromiter(map(known.__getitem__, column), np.int64, len(column))

    def read(self, name: str, read: Callable[[str], Value], accepted: str) -> list[Value]:
        """Read each value of a column; the first that cannot be read is named with its row."""
        known: dict[str, Value] = {}
        out = []
        for row, value in enumerate(self.verbatim(name), start=1):
            if value not in known:
                try:
                    known[value] = read(value.strip())
                except ValueError:
                    raise self.bad(row, name, value, accepted) from None
            out.append(known[value])
        return out

    def bad(self, row: int, name: str, value: str, accepted: str) -> Unreadable:
        shown = value if len(value) <= 60 else value[:60] + "…"
        return Unreadable(f"{self.source}, row {row}: {name} is {shown!r}; accepted is {accepted}.")


def read_columns(path: Path, *, needed: Sequence[str], known: Sequence[str] = ()) -> Columns:
    """Read a `.csv`, `.csv.gz` or `.parquet` file that has the needed columns, in any order.

    Row 1 is the first below the header. Columns that are neither needed nor known are not read.

    Raises
    ------
    Unreadable
        With what is wrong and what is accepted.
    """
    if path.suffix == ".parquet":
        header, columns_at = _parquet(path)
    else:
        header, columns_at = _csv(path)
    names = {name.strip().lower().lstrip("\ufeff"): i for i, name in enumerate(header)}
    missing = [name for name in needed if name not in names]
    if missing:
        wanted = ", ".join([*needed, *(f"[{name}]" for name in known)])
        found = ", ".join(header) or "none"
        raise Unreadable(
            f"{path.name} has no column {' nor '.join(missing)}; accepted are {wanted}; found are {found}."
        )
    chosen = [name for name in (*needed, *known) if name in names]
    columns = columns_at([names[name] for name in chosen])
    return Columns(path.name, len(columns[0]), dict(zip(chosen, columns, strict=True)))


Reader = tuple[list[str], Callable[[Sequence[int]], list[Column]]]


def _csv(path: Path) -> Reader:
    """The names of the columns, and a function that reads those at the given places."""
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError) as error:
        raise Unreadable(f"{path.name} cannot be opened or is cut off ({_first(error)}).") from error
    text = _decoded(raw)
    head = text[:4096].split("\n", 1)[0]
    if not head.strip():
        raise Unreadable(f"{path.name} is empty; a table starts with a line of column names.")
    csv.field_size_limit(_LONGEST_VALUE)
    rows = csv.reader(StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=head.count), strict=True)
    header = next(_sound(rows, path.name))
    return header, lambda places: _columns(_sound(rows, path.name), len(header), places, path.name)


def _sound(rows: Iterator[list[str]], source: str) -> Iterator[list[str]]:
    try:
        yield from (row for row in rows if row)
    except csv.Error as error:
        raise Unreadable(f"{source} is not a readable table: {_first(error)}.") from error


def _columns(rows: Iterator[list[str]], width: int, places: Sequence[int], source: str) -> list[Column]:
    columns: list[list[str]] = [[] for _ in places]
    same: dict[str, str] = {}  # a value that stands in a million rows is kept once
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise Unreadable(
                f"{source} is not a readable table: row {number} has {len(row)} values for {width} columns."
            )
        for column, place in zip(columns, places, strict=True):
            column.append(same.setdefault(row[place], row[place]))
    return [*columns]


def _decoded(raw: bytes) -> str:
    """Old spreadsheets save in Windows-1252: read that too rather than refuse the words."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _parquet(path: Path) -> Reader:
    """The same for a Parquet file, which only the optional package pyarrow can read."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as missing:
        raise Unreadable(
            f"{path.name} is a Parquet file, and what reads those is not installed. Install it with "
            "pip install 'massline[parquet]', or save the table as CSV."
        ) from missing
    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise Unreadable(f"{path.name} is not a readable Parquet file ({_first(error)}).") from error

    def column(place: int) -> Column:
        found = table.column(place)
        if not found.null_count and (pa.types.is_integer(found.type) or pa.types.is_floating(found.type)):
            try:
                return np.asarray(found.cast(pa.int64()).to_numpy(), np.int64)
            except pa.ArrowInvalid:  # 3.5, or beyond 64 bits: read as text
                return [_shown(value) for value in found.to_pylist()]
        return [_shown(value) for value in found.to_pylist()]

    return list(map(str, table.column_names)), lambda places: [column(place) for place in places]


def _shown(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float) and isfinite(value) and value == int(value):
        return str(int(value))
    return str(value)


def _first(error: BaseException) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")


def parse_whole_number(text: str) -> int:
    """A whole number, also when a spreadsheet wrote it as 3.0."""
    number = float(text)
    if number != int(number):
        raise ValueError(text)
    return int(number)


def parse_count(text: str) -> int:
    """A whole number that is not negative."""
    number = parse_whole_number(text)
    if number < 0:
        raise ValueError(text)
    return number


def parse_day(text: str) -> date:
    """A day as 2026-11-21; a time of day behind it is dropped."""
    return date.fromisoformat(text[:10])


def parse_moment(text: str) -> float:
    """A time as seconds: a number, or an ISO date with or without a time of day."""
    try:
        number = float(text)
    except ValueError:
        when = datetime.fromisoformat(text)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    if not isfinite(number):
        raise ValueError(text)
    return number
