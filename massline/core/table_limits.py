"""Limits of tables and archives from outside, counted before a table is taken apart into cells.

A table of a few megabytes can hold millions of empty rows or cells, each of which takes a hundred bytes in memory.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import StringIO

BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)
"""All that zipfile and gzip raise for a file that is cut off, locked with a password or packed in a way they do not know."""


class TooManyRows(ValueError):
    """The table has more lines than are read."""


class TooManyColumns(ValueError):
    """A line of the table has more cells than are read."""


def counted_lines(text: str, *, delimiter: str, most_lines: int, most_columns: int) -> Iterator[str]:
    """The lines of a table for csv.reader, each counted before it is taken apart.

    Raises
    ------
    TooManyRows, TooManyColumns
        While lines are read, at the first line beyond the limit.
    """
    for number, line in enumerate(StringIO(text, newline=""), start=1):
        if number > most_lines:
            raise TooManyRows(str(most_lines))
        if line.count(delimiter) >= most_columns:
            raise TooManyColumns(str(most_columns))
        yield line
