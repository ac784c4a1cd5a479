"""Delimited text as numbered rows: the delimiter is told by quoted parsing of the whole head, broken quotes by row."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice

from massline.tables.limits import NO_LIMITS, Limits, count_lines
from massline.tables.problems import UnreadableFile
from massline.tables.vocabulary import is_known_heading

DELIMITERS = (",", ";", "\t", "|")
HEAD_LINES, HEAD_CHARACTERS = 300, 200_000
MOST_TITLES = 5
# A quotation mark that is still open after so many lines never closes.
MOST_LINES_OF_A_ROW, MOST_OPEN_QUOTES = 300, 100
_OPENS = re.compile(r' *"')
# One column, its cells in quotes: a line begins with a quote, and that line or a later one ends with it.
_QUOTED_LINES = re.compile(r'^"(?:[^"]|"")*"\s*$', re.MULTILINE)
ONE_CELL_A_LINE = "\x1f"
_CLOSES = re.compile(r'(?:[^"]|"")*"')
_SEP = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…。！？؟۔]['\"”’»)]*$")


@dataclass
class TextRows:
    """Rows of a text with their numbers (1 is the first line of the file) and the numbers of rows with open quotes."""

    delimiter: str
    rows: Iterator[tuple[int, list[str]]]
    open_quotes: list[tuple[int, str]] = field(default_factory=list)


def read_text(text: str, limits: Limits, *, delimiter: str = "") -> TextRows:
    """Split a text into rows, counted while they are read. Raises UnreadableFile beyond the limits or with the first row.

    `delimiter` is the one somebody chose, or ONE_CELL_A_LINE; without it, it is told by the text.
    """
    csv.field_size_limit(limits.longest_cell if limits.longest_cell > 100_000 else 1_000_000)
    stated = _SEP.match(text)
    first_line = 1
    if stated:
        delimiter, text, first_line = delimiter or stated[1], text[stated.end() :], 2
    delimiter = delimiter or find_delimiter(text)
    found = TextRows(delimiter, iter(()))
    found.rows = _rows(text, found, limits, first_line)
    return found


def find_delimiter(text: str) -> str:
    """The delimiter that splits most rows of the head alike; empty where each line is one cell."""
    head = text[:HEAD_CHARACTERS]
    scored = {delimiter: _evenness(head, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scored[delimiter])
    return best if scored[best] > 0 and not _is_prose(head, best) else ""


def _evenness(head: str, delimiter: str) -> float:
    """How evenly a delimiter splits the rows: the share of rows as wide as most, raised a little by their width."""
    rows = [cells for _line, cells in islice(_split(head, delimiter), HEAD_LINES) if any(cells)]
    widths = [len(cells) for cells in rows]
    if any(sum(map(is_known_heading, cells)) > 1 for cells in rows[: MOST_TITLES + 1]):
        return 1.0 + max(widths) / 1000
    if not widths or max(widths) == 1:
        return 0.0
    titles = next(place for place, width in enumerate(widths) if width > 1)
    if titles <= MOST_TITLES and len(widths) > titles + 1:
        widths = widths[titles:]
    counted = Counter(width for width in widths if width > 1)
    width, most = max(counted.items(), key=lambda item: (item[1], item[0]))
    # The heading is the row that matters most: rows may leave their last cells away.
    heading = widths[0] if widths[0] > 1 else width
    alike = sum(row in (width, heading) for row in widths) / len(widths)
    return alike + min(width, 20) / 1000 if alike > 0.5 or most == len(widths) else 0.0


def _is_prose(head: str, delimiter: str) -> bool:
    """True for sentences, one a line, whose commas only look like a delimiter."""
    if delimiter in "\t|":
        return False
    lines = [line.strip() for line in head.splitlines()[:HEAD_LINES] if line.strip()]
    signs = sum(line.count(delimiter) for line in lines)
    spaced = sum(line.count(f"{delimiter} ") for line in lines)
    sentences = sum(bool(_SENTENCE.search(line)) for line in lines)
    return '"' not in head and spaced >= 0.9 * signs and sentences > len(lines) / 2


def _split(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Rows of the head of a text, for telling its delimiter."""
    found = TextRows(delimiter, iter(()))
    try:
        yield from _rows(text, found, NO_LIMITS, 1)
    except UnreadableFile:
        return


def _rows(text: str, found: TextRows, limits: Limits, first_line: int) -> Iterator[tuple[int, list[str]]]:
    lines = count_lines(StringIO(text, newline=""), delimiter=found.delimiter, limits=limits)
    if not found.delimiter and not _QUOTED_LINES.search(text[:HEAD_CHARACTERS]):
        for number, line in enumerate(lines, start=first_line):
            yield number, [line.rstrip("\r\n")]
        return
    found.delimiter = found.delimiter or ONE_CELL_A_LINE
    try:
        if '"' not in text:
            rows = csv.reader(lines, delimiter=found.delimiter, quoting=csv.QUOTE_NONE)
            yield from enumerate(rows, start=first_line)
            return
        spaced = f'{found.delimiter} "' in text[:HEAD_CHARACTERS]
        for number, record in enumerate(_records(list(lines), found, first_line), start=first_line):
            reader = csv.reader([record], delimiter=found.delimiter, skipinitialspace=spaced)
            yield number, next(reader, [])
    except csv.Error as problem:
        raise UnreadableFile("no-table") from problem


def _records(lines: list[str], found: TextRows, first_line: int) -> Iterator[str]:
    """Join the lines of each row. A row whose quote never closes is noted, and reading goes on with the next line."""
    place, number = 0, first_line
    while place < len(lines):
        end = _end_of_row(lines, place, found.delimiter)
        if end is None:
            found.open_quotes.append((number, lines[place].rstrip("\r\n")))
            if len(found.open_quotes) > MOST_OPEN_QUOTES:
                raise UnreadableFile("broken-quotes")
            yield ""
            end = place + 1
        else:
            yield "".join(lines[place:end])
        place, number = end, number + 1


def _end_of_row(lines: list[str], place: int, delimiter: str) -> int | None:
    """The line after the row that begins at `place`; None where a quote of it never closes."""
    is_open = False
    for end in range(place, min(place + MOST_LINES_OF_A_ROW, len(lines))):
        if is_open and _closes_amid_words(lines[end], delimiter):
            return None
        is_open = _is_open(lines[end], delimiter, is_open)
        if not is_open:
            return end + 1
    return None


def _closes_amid_words(line: str, delimiter: str) -> bool:
    """True where a quote of an earlier line closes before other signs than a delimiter: it opens another cell."""
    match = _CLOSES.match(line)
    return match is not None and line[match.end() :].lstrip(" ")[:1] not in {delimiter, "", "\r", "\n"}


def _is_open(line: str, delimiter: str, is_open: bool) -> bool:
    """Whether a quoted cell is open at the end of a line. A quote opens a cell only where the cell begins."""
    if not is_open and '"' not in line:
        return False
    place = 0
    while place < len(line):
        if is_open:
            place = line.find('"', place)
            if place < 0:
                return True
            if line[place + 1 : place + 2] == '"':
                place += 2
                continue
            is_open = False
        elif opens := _OPENS.match(line, place):
            place, is_open = opens.end(), True
            continue
        place = line.find(delimiter, place)
        if place < 0:
            return False
        place += 1
    return is_open
