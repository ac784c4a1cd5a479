"""What somebody says about a file wins over what the file tells, and nothing of it vanishes."""

from hypothesis import given
from hypothesis import strategies as st

from massline.tables.delimited_text import ONE_CELL_A_LINE
from massline.tables.reading_options import ReadingOptions, read_file
from massline.tables.table import Table
from tests.tables.table_files import LIMITS, csv_text, xlsx

A = [["Name", "Mail"], ["Ann", "ann@example.org"]]
B = [["Mail", "Block", "Name"], ["bo@example.org", "B", "Bo"], ["", "C", "Cy"]]


def read(content: str | bytes, choices: ReadingOptions) -> Table:
    return read_file(content.encode() if isinstance(content, str) else content, LIMITS, choices)


def test_sheets_with_other_columns_are_joined_by_their_headings_where_somebody_says_so() -> None:
    content = xlsx(North=A, South=B)
    alone = read(content, ReadingOptions())
    assert (alone.headers, alone.sheets_left_out) == (["Name", "Mail"], ("South",))
    table = read(content, ReadingOptions(sheets=("North", "South")))
    assert table.headers == ["Name", "Mail", "Block"]
    assert table.rows == [["Ann", "ann@example.org", ""], ["Bo", "bo@example.org", "B"], ["Cy", "", "C"]]
    assert (table.numbers, table.sheets_left_out) == ([1, 2, 3], ())
    assert read(content, ReadingOptions(sheets=("South",))).rows[0] == B[1]
    assert read(content, ReadingOptions(sheets=("gone",))).headers == ["Name", "Mail"]


def test_two_columns_of_one_name_stay_two_when_sheets_are_joined() -> None:
    table = read(
        xlsx(One=[["Mail", "Mail"], ["a", "b"]], Two=[["Mail", "X", "Mail"], ["c", "x", "d"]]),
        ReadingOptions(sheets=("One", "Two")),
    )
    assert table.headers == ["Mail", "Mail", "X"]
    assert table.rows == [["a", "b", ""], ["c", "d", "x"]]


def test_the_line_of_headings_can_be_chosen_and_there_may_be_none() -> None:
    content = csv_text([["Our list"], ["Name", "Mail"], ["Ann", "ann@example.org"]])
    assert read(content, ReadingOptions(heading_row=2)).rows == [A[1]]
    without = read("Ann,ann@example.org\nBo,bo@example.org\n", ReadingOptions(heading_row=0))
    assert without.rows == [["Ann", "ann@example.org"], ["Bo", "bo@example.org"]]
    head = read(content, ReadingOptions()).head
    assert head is not None
    assert head.lines[1] == (2, "Name · Mail")


def test_letters_and_delimiter_can_be_chosen() -> None:
    content = "Straße;Name\nMühlweg;Ann\n".encode("cp850")
    assert read(content, ReadingOptions(encoding="cp850")).headers == ["Straße", "Name"]
    assert read("a,b\n1,2\n", ReadingOptions(delimiter=";", heading_row=0)).rows == [["a,b"], ["1,2"]]
    listed = read(
        "It is cold, too cold\nNo heat, no rent\n", ReadingOptions(delimiter=ONE_CELL_A_LINE, heading_row=0)
    )
    assert listed.rows == [["It is cold, too cold"], ["No heat, no rent"]]


def test_what_was_stored_comes_back_and_nothing_else() -> None:
    choices = ReadingOptions(("North",), 0, "cp1252", ";")
    assert ReadingOptions.from_json(choices.as_json()) == choices
    assert (
        ReadingOptions.from_json({"encoding": "rot13", "delimiter": "x", "heading_row": -1})
        == ReadingOptions()
    )
    assert ReadingOptions.from_json(None) == ReadingOptions()


@given(
    st.lists(st.sampled_from(["Name", "Mail", "Block", "Day"]), min_size=1, max_size=4, unique=True),
    st.lists(st.sampled_from(["Name", "Mail", "Block", "Day"]), min_size=1, max_size=4, unique=True),
)
def test_every_cell_of_joined_sheets_stands_below_its_own_heading(one: list[str], two: list[str]) -> None:
    sheets = {"One": [one, [f"{name} 1" for name in one]], "Two": [two, [f"{name} 2" for name in two]]}
    table = read(xlsx(**sheets), ReadingOptions(sheets=("One", "Two"), heading_row=1))
    for number, headings in enumerate((one, two)):
        row = dict(zip(table.headers, table.rows[number], strict=True))
        assert {name: cell for name, cell in row.items() if cell} == {
            name: f"{name} {number + 1}" for name in headings
        }
