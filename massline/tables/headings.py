"""The headings of a sheet: below titles, in one row or, where cells are merged, in two; or none at all."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from massline.tables.limits import LONGEST_LOOKED_AT
from massline.tables.vocabulary import is_known_heading

SEARCHED = 25
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|https?://")
_DATA = re.compile(
    r"""\+?[\d\s()./:,%-]*\d[\d\s()./:,%+TZ-]*  # a number, a day, an hour, a phone number""",
    re.VERBOSE,
)
_SENTENCE = re.compile(r"[.!…。！۔]['\"”’»)]*$")
Rows = Sequence[tuple[int, list[str]]]


@dataclass(frozen=True)
class Headings:
    """Names of the columns; `row` is their line in the file (0 for none), `below` the place of the first row of data."""

    names: list[str]
    row: int
    below: int


def find_headings(rows: Rows, *, row: int | None = None) -> Headings:
    """Find the headings, or read those of the line that somebody chose (0 for none)."""
    if row is not None:
        place = next((place for place, (line, _cells) in enumerate(rows) if line == row), None)
        return _without(rows) if place is None else _at(rows, place)
    place = _find(rows)
    return _without(rows) if place is None else _at(rows, place)


def _find(rows: Rows) -> int | None:
    """The place of the headings: the first row that fills the columns and holds no data."""
    head = [cells for _line, cells in rows[:SEARCHED]]
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in head]
    if not any(filled):
        return None
    counts = Counter(count for count in filled if count)
    usual = max(counts, key=lambda count: (counts[count], count))
    known = [_known(cells) for cells in head]
    best = max(known)
    for place, cells in enumerate(head):
        if not filled[place] or (usual > 1 and filled[place] < max(2, usual / 2)):
            continue
        if best >= 2 and known[place] < best / 2 and best in known[place + 1 : place + 4]:
            continue
        return None if (_is_data(cells) and not known[place]) or _is_list(head, place) else place
    return 0


def _known(cells: Sequence[str]) -> int:
    return sum(is_known_heading(cell) for cell in cells)


def _is_data(cells: Sequence[str]) -> bool:
    """True where a cell is an address, or many are numbers or days: such a row names no columns."""
    beginnings = [cell.strip()[:LONGEST_LOOKED_AT] for cell in cells]
    if any(_ADDRESS.search(cell) for cell in beginnings):
        return True
    return sum(bool(_DATA.fullmatch(cell)) for cell in beginnings if cell) > len(cells) / 3


def _is_list(head: Sequence[Sequence[str]], place: int) -> bool:
    """True for sentences, one a line, of which the first is no heading."""
    lines = [cells[0].strip() for cells in head[place:] if len(cells) == 1 and cells[0].strip()]
    if len(lines) != sum(any(cells) for cells in head[place:]) or is_known_heading(lines[0]):
        return False
    return bool(_SENTENCE.search(lines[0][:LONGEST_LOOKED_AT])) or (
        len(lines[0].split()) > 3 and not lines[0].endswith(("?", ":", "؟"))
    )


def _without(rows: Rows) -> Headings:
    width = max((len(cells) for _line, cells in rows[:SEARCHED]), default=0)
    return Headings([""] * width, 0, 0)


def _at(rows: Rows, place: int) -> Headings:
    line, cells = rows[place]
    names = [" ".join(cell.split()) for cell in cells]
    below = place + 1
    if below < len(rows) and _is_second_row(names, rows[below][1]):
        names = _joined(names, rows[below][1])
        below += 1
    while names and not names[-1] and not _has_data(rows, len(names) - 1, below):
        names.pop()
    widths = Counter(_width(cells) for _line, cells in rows[below : below + 200] if any(cells))
    usual = max(widths, key=lambda width: widths[width], default=0)
    return Headings(names + [""] * (usual - len(names)), line, below)


def _width(cells: Sequence[str]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _is_second_row(names: Sequence[str], cells: Sequence[str]) -> bool:
    """True where merged headings leave gaps that the row below names."""
    gaps = [
        place
        for place, cell in enumerate(cells)
        if cell.strip() and not (names[place] if place < len(names) else "")
    ]
    return bool(gaps) and not _is_data(cells) and _known(cells) > max(1, _known(names))


def _joined(names: Sequence[str], cells: Sequence[str]) -> list[str]:
    """The names of two rows: the lower one, with the upper one before it where the lower one alone is not known."""
    width = max(len(names), len(cells))
    upper, joined = "", []
    for place in range(width):
        upper = (names[place] if place < len(names) else "") or upper
        lower = " ".join(cells[place].split()) if place < len(cells) else ""
        joined.append(lower if lower and is_known_heading(lower) else f"{upper} {lower}".strip())
    return joined


def _has_data(rows: Rows, column: int, below: int) -> bool:
    return any(len(cells) > column and cells[column].strip() for _line, cells in rows[below:])
