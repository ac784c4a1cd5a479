"""Reading a CSV or Parquet file into named columns of text, with complaints a person can act on."""

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import isfinite
from pathlib import Path
from typing import TypeVar

import click
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from numpy.typing import NDArray

Value = TypeVar("Value")
_DELIMITERS = (",", ";", "\t")


class Unreadable(click.ClickException):
    """A file that cannot be used, said in one sentence: what is wrong, where, and what is accepted."""


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns of one file as text; an empty text is a value that is not there."""

    source: str
    table: pa.Table
    places: dict[str, int]

    @property
    def rows(self) -> int:
        return int(self.table.num_rows)

    def has(self, name: str) -> bool:
        return name in self.places

    def verbatim(self, name: str) -> list[str]:
        """A column as it stands."""
        return _text(self.table.column(self.places[name]))

    def text(self, name: str) -> list[str]:
        """A column without spaces around the values."""
        return [value.strip() for value in self.verbatim(name)]

    def integers(self, name: str) -> NDArray[np.int64] | None:
        """A column of nothing but whole numbers, read at once; None where any value is written otherwise."""
        column = self.table.column(self.places[name])
        if column.null_count:
            return None
        try:
            numbers = column.cast(pa.int64())
        except pa.ArrowInvalid:
            return None
        # 007 and 7 are different ids: only numbers in their plain form are numbers here.
        if (
            pa.types.is_string(column.type)
            and not pc.all(pc.equal(numbers.cast(pa.string()), column)).as_py()
        ):
            return None
        return np.asarray(numbers.to_numpy(), np.int64)

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
    table = _parquet(path) if path.suffix == ".parquet" else _csv(path)
    names = {str(name).strip().lower().lstrip("\ufeff"): i for i, name in enumerate(table.column_names)}
    missing = [name for name in needed if name not in names]
    if missing:
        wanted = ", ".join([*needed, *(f"[{name}]" for name in known)])
        found = ", ".join(table.column_names) or "none"
        raise Unreadable(
            f"{path.name} has no column {' nor '.join(missing)}; accepted are {wanted}; found are {found}."
        )
    wanted_names = [name for name in (*needed, *known) if name in names]
    return Columns(path.name, table, {name: names[name] for name in wanted_names})


def _parquet(path: Path) -> pa.Table:
    try:
        return pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise Unreadable(f"{path.name} is not a readable Parquet file ({_first(error)}).") from error


def _csv(path: Path) -> pa.Table:
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError) as error:
        raise Unreadable(f"{path.name} cannot be opened or is cut off ({_first(error)}).") from error
    head = raw[:4096].split(b"\n", 1)[0].decode("utf-8", "replace")
    if not head.strip():
        raise Unreadable(f"{path.name} is empty; a table starts with a line of column names.")
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        return pacsv.read_csv(
            pa.BufferReader(_utf8(raw)),
            # One block holds the whole file: a row may be as long as its longest statement.
            read_options=pacsv.ReadOptions(block_size=min(len(raw) + 1024, 2**31 - 1), use_threads=False),
            parse_options=pacsv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=pacsv.ConvertOptions(column_types=_all_text(head, delimiter)),
        )
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        raise Unreadable(f"{path.name} is not a readable table: {_first(error)}.") from error


def _utf8(raw: bytes) -> bytes:
    """Old spreadsheets save in Windows-1252: read that too rather than refuse the words."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace").encode()
    return raw


def _all_text(head: str, delimiter: str) -> dict[str, pa.DataType]:
    names = head.removeprefix("\ufeff").rstrip("\r\n").split(delimiter)
    return {name.strip('"'): pa.string() for name in names}


def _text(column: pa.ChunkedArray) -> list[str]:
    if pa.types.is_floating(column.type):
        return ["" if v is None else _number(v) for v in column.to_pylist()]
    return ["" if v is None else str(v) for v in column.to_pylist()]


def _number(value: float) -> str:
    return (
        "" if value != value else str(int(value)) if isfinite(value) and value == int(value) else repr(value)
    )


def _first(error: BaseException) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")


def whole(text: str) -> int:
    """A whole number, also when a spreadsheet wrote it as 3.0."""
    number = float(text)
    if number != int(number):
        raise ValueError(text)
    return int(number)


def count(text: str) -> int:
    """A whole number that is not negative."""
    number = whole(text)
    if number < 0:
        raise ValueError(text)
    return number


def day(text: str) -> date:
    """A day as 2026-11-21; a time of day behind it is dropped."""
    return date.fromisoformat(text[:10])


def moment(text: str) -> float:
    """A time as seconds: a number, or an ISO date with or without a time of day."""
    try:
        number = float(text)
    except ValueError:
        when = datetime.fromisoformat(text)
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    if not isfinite(number):
        raise ValueError(text)
    return number
