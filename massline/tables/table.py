"""A sheet as a table: its headings, its rows of as many cells, and every row that is left out with the reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from massline.tables.file_sheets import FileSheets, Sheet
from massline.tables.headings import Headings, find_headings
from massline.tables.limits import Limits
from massline.tables.problems import RowProblem, UnreadableFile


@dataclass(frozen=True)
class FileHead:
    """What somebody can choose from: the filled sheets, and the first lines of the first one that is read."""

    sheets: tuple[str, ...]
    lines: tuple[tuple[int, str], ...]
    is_text: bool


@dataclass(frozen=True)
class Table:
    """Headings, and rows of as many cells, all text.

    `numbers` are those of the rows, 1 for the first below the headings; a row that is left out keeps its number, so
    that `rows_below` is len(rows) + len(left_out). `heading_row` is the line of the file that the headings are in, 0
    where there is none. `encoding` is named only where it was guessed. `head` is there for files of tables alone.
    """

    headers: list[str]
    rows: list[list[str]]
    numbers: list[int] = field(default_factory=list)
    left_out: list[RowProblem] = field(default_factory=list)
    heading_row: int = 1
    sheets: tuple[str, ...] = ()
    is_chat: bool = False
    sheets_left_out: tuple[str, ...] = ()
    encoding: str = ""
    head: FileHead | None = None

    def __post_init__(self) -> None:
        if not self.numbers:
            self.numbers.extend(range(1, len(self.rows) + 1))

    @property
    def rows_below(self) -> int:
        """All rows below the headings: those kept and those left out."""
        return len(self.rows) + len(self.left_out)

    @property
    def named_problems(self) -> list[RowProblem]:
        """Rows with something in them that are left out."""
        return [problem for problem in self.left_out if problem.code != "empty-row"]

    def column(self, place: int) -> list[str]:
        return [row[place] for row in self.rows]

    def examples(self, place: int) -> list[str]:
        return [row[place] for row in self.rows[:40] if row[place].strip()][:2]


def shape_table(
    book: FileSheets, limits: Limits, *, sheets: Sequence[str] | None = None, heading_row: int | None = None
) -> Table:
    """Shape the sheets of a file into one table; without a choice, those that have the same headings as the first.

    The table takes over the rows of the book, so that a large one is in memory once.

    `heading_row` is the line somebody chose for the headings, 0 for none. Raises UnreadableFile where no row is below
    the headings, or there are more columns than the limits allow.
    """
    chosen = choose_sheets(book, sheets)
    if not chosen:
        raise UnreadableFile("empty-file")
    first, *further = chosen
    headings = find_headings(first.rows, row=heading_row)
    if len(headings.names) > limits.columns:
        raise UnreadableFile("too-many-columns", most=limits.columns)
    table = Table(
        list(headings.names),
        [],
        heading_row=headings.row,
        sheets=tuple(sheet.name for sheet in chosen),
        sheets_left_out=tuple(sheet.name for sheet in book.sheets if sheet.filled and sheet not in chosen),
        encoding="" if book.is_sure else book.encoding,
    )
    owns = [find_headings(sheet.rows, row=heading_row) for sheet in further]
    places = [_places(table.headers, own.names) for own in owns]
    if len(table.headers) > limits.columns:
        raise UnreadableFile("too-many-columns", most=limits.columns)
    _add_rows(table, first, headings, list(range(len(headings.names))))
    for sheet, own, where in zip(further, owns, places, strict=True):
        _add_rows(table, sheet, own, where)
    if not table.rows and not table.named_problems:
        raise UnreadableFile("no-rows")
    if len(table.rows) > limits.rows:
        raise UnreadableFile("too-many-rows", most=limits.rows)
    return table


def choose_sheets(book: FileSheets, names: Sequence[str] | None) -> list[Sheet]:
    """The sheets with these names; without any, the first shown one with rows and those with the same headings."""
    filled = [sheet for sheet in book.sheets if sheet.filled]
    if names:
        return [sheet for sheet in filled if sheet.name in names]
    shown = [sheet for sheet in filled if not sheet.is_hidden] or filled
    first = next((sheet for sheet in shown if sheet.filled > 1), None)
    if first is None:
        return shown[:1]
    headings = _bare(find_headings(first.rows).names)
    return [sheet for sheet in shown if _bare(find_headings(sheet.rows).names) == headings]


def _bare(names: Sequence[str]) -> list[str]:
    return [name.strip().casefold() for name in names]


def _places(headers: list[str], names: Sequence[str]) -> list[int]:
    """The place of each column of a further sheet among the headers; columns of its own are added to them."""
    if _bare(names) == _bare(headers[: len(names)]):
        return list(range(len(names)))
    free = list(enumerate(_bare(headers)))
    places = []
    for name in names:
        same = next((entry for entry in free if entry[1] == name.strip().casefold()), None)
        if same is None:
            headers.append(name)
            places.append(len(headers) - 1)
        else:
            free.remove(same)
            places.append(same[0])
    return places


def _add_rows(table: Table, sheet: Sheet, headings: Headings, places: Sequence[int]) -> None:
    """Add the rows below the headings at their places, and the reasons of those that are left out."""
    broken = {number for number, _text in sheet.open_quotes}
    number, width = table.rows_below, len(places)
    in_order = list(places) == list(range(len(table.headers)))
    for line, cells in _without_gaps(sheet.rows, headings.below):
        number += 1
        if line in broken:
            table.left_out.append(RowProblem(number, "open-quote"))
        elif not any(cell.strip() for cell in cells):
            table.left_out.append(RowProblem(number, "empty-row"))
        elif any(cell.strip() for cell in cells[width:]):
            table.left_out.append(RowProblem(number, "too-many-cells", len(cells), width))
        else:
            del cells[width:]
            cells += [""] * (width - len(cells))
            table.rows.append(cells if in_order else _placed(cells, places, len(table.headers)))
            table.numbers.append(number)


def _placed(cells: Sequence[str], places: Sequence[int], width: int) -> list[str]:
    placed = [""] * width
    for place, cell in zip(places, cells, strict=True):
        placed[place] = cell
    return placed


def _without_gaps(rows: Sequence[tuple[int, list[str]]], below: int) -> Iterator[tuple[int, list[str]]]:
    """Rows below the headings; empty rows at the very end of a file are no rows."""
    last = max((place for place, (_line, cells) in enumerate(rows) if any(cells)), default=-1)
    yield from rows[below : last + 1]
