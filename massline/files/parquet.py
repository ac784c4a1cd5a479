"""Parquet files, which only the optional package pyarrow can read."""

from collections.abc import Callable, Sequence
from math import isfinite
from pathlib import Path

import numpy as np

from massline.files.text_columns import Column
from massline.files.unreadable_file import Unreadable

Reader = tuple[list[str], Callable[[Sequence[int]], list[Column]]]
"""The names of the columns, and a function that reads those at the given places."""


def read_parquet(path: Path) -> Reader:
    """Open a Parquet file. Raises Unreadable, also where pyarrow is not installed."""
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
        raise Unreadable(f"{path.name} is not a readable Parquet file ({first_line(error)}).") from error

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


def first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0].rstrip(".")
