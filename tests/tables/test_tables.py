"""Rows, delimiters, headings and sheets of tables: nothing vanishes unsaid."""

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massline.tables import column_kinds, headings
from massline.tables.column_kinds import find_text_column
from massline.tables.file_sheets import split_into_sheets
from massline.tables.limits import LONGEST_LOOKED_AT, Limits
from massline.tables.problems import UnreadableFile
from massline.tables.table import shape_table
from tests.tables.table_files import LIMITS, csv_text, ods, read, xlsx

HEADINGS = ["Name", "E-Mail", "Consent"]
PEOPLE = [["Ann", "ann@example.org", "yes"], ["Bo", "bo@example.org", "no"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quote_all", [False, True])
def test_any_delimiter_is_told_also_where_a_heading_holds_others(delimiter: str, quote_all: bool) -> None:
    rows = [["Name", "How, by mail; phone | or\tboth?", "E-Mail"], ["Ann", "mail, phone", "ann@example.org"]]
    table = read(csv_text(rows, delimiter=delimiter, quote_all=quote_all))
    assert [table.headers[0], *table.rows] == ["Name", rows[1]]


@pytest.mark.parametrize("line", ["sep=;\r\n", "SEP=;\n", '"sep=;"\r\n'])
def test_the_line_that_names_the_delimiter_is_no_heading(line: str) -> None:
    table = read(line + csv_text([HEADINGS, *PEOPLE], delimiter=";"))
    assert (table.headers, table.rows, table.heading_row) == (HEADINGS, PEOPLE, 2)


def test_titles_above_the_headings_are_no_rows() -> None:
    for titles in ([["Members of Block C"], ["as of 30 November"]], [["Members", "", ""], ["", "", ""]]):
        table = read(csv_text([*titles, HEADINGS, *PEOPLE]))
        assert (table.headers, table.rows, table.heading_row) == (HEADINGS, PEOPLE, 3)
        assert read(csv_text([*titles, HEADINGS, *PEOPLE]), heading_row=3).rows == PEOPLE


def test_merged_headings_of_two_rows_are_joined() -> None:
    table = read(
        csv_text(
            [
                ["Person", "", "Contact", ""],
                ["First name", "Last name", "Email", "Phone"],
                *[["A", "B", "c@d.example", "1"]],
            ]
        )
    )
    assert table.headers == ["First name", "Last name", "Email", "Phone"]
    assert len(table.rows) == 1


def test_without_headings_the_first_row_is_kept() -> None:
    assert read(csv_text(PEOPLE)).rows == PEOPLE
    listed = read("The rent is too high, much too high.\nWe need heat.\nFix the lift.\n")
    assert [row[0] for row in listed.rows] == [
        "The rent is too high, much too high.",
        "We need heat.",
        "Fix the lift.",
    ]
    assert read(csv_text([HEADINGS, *PEOPLE]), heading_row=0).rows[0] == HEADINGS


def test_a_quote_that_never_closes_takes_one_row_alone() -> None:
    table = read(
        'Name,Email,Consent\n"Ann Unclosed,ann@example.org,yes\nBo,bo@example.org,yes\nCy,"c,y@example.org",yes\n'
    )
    assert [row[0] for row in table.rows] == ["Bo", "Cy"]
    assert [(problem.number, problem.code) for problem in table.left_out] == [(1, "open-quote")]
    assert table.rows[1][1] == "c,y@example.org"
    with pytest.raises(UnreadableFile) as refused:
        read("Name,Email\n" + '"Ann,a\n' + "x,y\n" * 400 + ('"Ann,a\n' + "x,y\n" * 301) * 101)
    assert refused.value.code in {"broken-quotes", "too-many-rows"}


def test_short_rows_are_filled_and_long_ones_named() -> None:
    table = read(
        "Name,Email,Consent\nAnn,ann@example.org\n\nBo,bo@example.org,yes,,\nCy,I said no, really,yes,x\n"
    )
    assert table.rows == [["Ann", "ann@example.org", ""], ["Bo", "bo@example.org", "yes"]]
    assert [(problem.number, problem.code, problem.cells) for problem in table.left_out] == [
        (2, "empty-row", 0),
        (4, "too-many-cells", 5),
    ]
    assert table.rows_below == 4


def test_quoted_cells_may_hold_lines() -> None:
    table = read('text\n"one\ntwo"\n"three ""quoted"""\n')
    assert table.rows == [["one\ntwo"], ['three "quoted"']]


def test_workbooks_read_like_text_with_all_sheets_of_the_same_headings() -> None:
    content = xlsx(
        Block_A=[HEADINGS, *PEOPLE],
        Notes=[["call the caretaker"]],
        Block_B=[HEADINGS, ["Cy", "cy@example.org", "yes"]],
    )
    table = read(content)
    assert [row[0] for row in table.rows] == ["Ann", "Bo", "Cy"]
    assert table.sheets == ("Block A", "Block B")
    assert [row[0] for row in read(content, sheets=["Block B"]).rows] == ["Cy"]
    assert read(ods([HEADINGS, *PEOPLE])).rows == PEOPLE
    typed = read(xlsx(a=[["phone", "ok", "share"], [4930123456789.0, True, 2.5]]))
    assert typed.rows == [["4930123456789", "TRUE", "2.5"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b" \n ", "empty-file"),
        (b"PK\x03\x04 no workbook", "broken-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "broken-workbook"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "no-table"),
        (b"name,mail\n", "no-rows"),
        (b"name,mail\n" + b"a,b\n" * 5_001, "too-many-rows"),
        (b"a," * 70 + b"b\n" + b"1," * 70 + b"2\n", "too-many-columns"),
    ],
)
def test_what_cannot_be_read_has_its_reason(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(content)
    assert refused.value.code == code


def test_a_cell_a_million_rows_down_ends_the_reader_alone() -> None:
    far = xlsx(a=[["name"], ["x"]]).replace(b"", b"")
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["XFD1048576"] = "name", "far"
    import io

    out = io.BytesIO()
    book.save(out)
    with pytest.raises(UnreadableFile) as refused:
        read(out.getvalue())
    assert refused.value.code in {"too-large-unpacked", "too-many-rows"}
    assert read(far).rows == [["x"]]


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=12),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_rows_in_are_rows_kept_and_rows_left_out(rows: list[list[str]], delimiter: str) -> None:
    """Whatever the cells hold, each row below the headings is kept or left out with its reason."""
    text = f"sep={delimiter}\n" + csv_text(
        [["Name", "Email", "Consent"], *rows, ["Last", "l@example.org", "yes"]], delimiter=delimiter
    )
    table = read(text, heading_row=2)
    assert table.rows_below == len(rows) + 1
    assert sorted([*table.numbers, *(problem.number for problem in table.left_out)]) == list(
        range(1, len(rows) + 2)
    )


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_reason(content: bytes) -> None:
    limits = Limits(rows=100, columns=20, cells=2_000)
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        return
    try:
        table = shape_table(split_into_sheets(content, limits), limits)
    except UnreadableFile:
        return
    assert all(len(row) == len(table.headers) for row in table.rows)


def test_the_column_of_words_reads_like_language_and_is_never_a_time_or_a_code() -> None:
    rows = [
        [
            "2026-11-20T10:01:02.000+01:00",
            "uuid:7f3a2b1c-0001",
            "https://forms.example/very/long/address?a=1&b=2",
            "Cold again",
            "3",
        ],
        [
            "2026-11-20T10:01:02.000+01:00",
            "uuid:7f3a2b1c-0002",
            "https://forms.example/very/long/address?a=1&b=3",
            "N/A",
            "5",
        ],
        [
            "2026-11-20T10:01:02.000+01:00",
            "uuid:7f3a2b1c-0003",
            "https://forms.example/very/long/address?a=1&b=4",
            "Rent, and mould",
            "",
        ],
    ]
    assert find_text_column([list(column) for column in zip(*rows, strict=True)]) == 3
    assert find_text_column([["1", "2"], ["2026-01-01", "2026-01-02"]]) is None
    assert find_text_column([["我们要暖气", "电梯坏了"], ["Block A", "Block B"]]) == 0
    assert LIMITS.lines == 10_000


@pytest.mark.parametrize(("module", "pattern"), [(column_kinds, "MAIL"), (headings, "_ADDRESS")])
def test_of_a_very_long_cell_only_its_beginning_is_looked_at(
    module: ModuleType, pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a pattern takes the square of a cell's length: one of a million digits held the desk for an hour."""
    looked_at: list[int] = []

    class Looked:
        @staticmethod
        def search(cell: str) -> None:
            looked_at.append(len(cell))

    monkeypatch.setattr(module, pattern, Looked)
    long = "7" * 100_000
    table = read(csv_text([[long, "day"], ["We need heating.", "2026-05-03"], [long, "2026-05-04"]]))
    assert len(table.rows) >= 2
    column_kinds.measure_column_kind([long, " " * 100_000, "We need heating."])
    assert looked_at
    assert max(looked_at) <= LONGEST_LOOKED_AT
