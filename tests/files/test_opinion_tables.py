"""Tables of votes are read whatever program wrote them, and refused in a sentence where they cannot be."""

import gzip
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from massline.files.table_reader import read_columns
from massline.files.unreadable_file import Unreadable
from massline.files.votes_table import read_votes
from tests.files.command import Cells, refused, write
from tests.files.opinion_votes import two_sides


def test_parquet_gzip_and_semicolons_read_alike(tmp_path: Path) -> None:
    rows = two_sides(20)
    plain = write(tmp_path / "votes.csv", "participant,statement,value", rows)
    zipped = tmp_path / "votes.csv.gz"
    zipped.write_bytes(gzip.compress(plain.read_bytes()))
    semicolons = tmp_path / "semi.csv"
    semicolons.write_bytes(b"\xef\xbb\xbf" + plain.read_bytes().replace(b",", b";"))
    parquet = tmp_path / "votes.parquet"
    columns = dict(zip(("participant", "statement", "value"), zip(*rows, strict=True), strict=True))
    pq.write_table(pa.table({k: list(v) for k, v in columns.items()}), parquet)
    tables = [read_votes(p).table for p in (plain, zipped, semicolons, parquet)]
    for table in tables[1:]:
        assert table.value.tolist() == tables[0].value.tolist()
        assert table.statements.tolist() == tables[0].statements.tolist() == list(range(9))


def test_ids_in_plain_numbers_and_in_words_are_read_alike(tmp_path: Path) -> None:
    header, rows = "participant,statement,value", [(7, 1, 1), (8, 1, -1), (7, 1, 0)]
    plain = read_votes(write(tmp_path / "a.csv", header, rows))
    signed = read_votes(
        write(tmp_path / "b.csv", header, [(p, s, f"+{v}" if v > 0 else v) for p, s, v in rows])
    )
    assert plain.table.value.tolist() == signed.table.value.tolist() == [0, -1]
    assert plain.table.participants.tolist() == signed.table.participants.tolist() == [7, 8]
    zeros = read_votes(write(tmp_path / "c.csv", header, [("007", 1, 1), ("7", 1, 1)]))
    assert zeros.table.participants.tolist() == ["007", "7"]


def test_the_last_vote_wins_by_time_where_there_is_one(tmp_path: Path) -> None:
    rows = [("amal", 1, 1, "2026-11-21T10:00"), ("amal", 1, -1, "2026-11-20")]
    votes = read_votes(write(tmp_path / "v.csv", "participant,statement,value,voted_at", rows))
    assert votes.table.value.tolist() == [1]
    assert votes.table.replaced == 1


@pytest.mark.parametrize(
    ("header", "row", "sentence"),
    [
        (
            "participant,statement,value",
            ("amal", 1, 2),
            "row 1: value is '2'; accepted is +1 (agree), 0 (pass)",
        ),
        ("participant,statement,value", ("amal", 1, "NaN"), "value is 'NaN'"),
        (
            "participant,statement,mark",
            ("amal", 1, 1),
            "has no column value; accepted are participant, statement",
        ),
        ("participant,statement,value", ("", 1, 1), "row 1: participant is empty"),
        ("participant,statement,value,voted_at", ("amal", 1, 1, "soon"), "row 1: voted_at is 'soon'"),
        ("participant,statement,value,weight", ("amal", 1, 1, "heavy"), "row 1: weight is 'heavy'"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, header: str, row: Cells, sentence: str
) -> None:
    assert sentence in refused("opinion", write(tmp_path / "v.csv", header, [row]))


def test_two_sections_for_one_person_are_refused(tmp_path: Path) -> None:
    rows = [("amal", 1, 1, "North"), ("amal", 2, 1, "South")]
    said = refused("opinion", write(tmp_path / "v.csv", "participant,statement,value,section", rows))
    assert "row 2: 'amal' has the section 'South' here but 'North' before" in said


def test_broken_files_are_refused_kindly(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    assert "is empty" in refused("opinion", empty)
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(gzip.compress(b"participant,statement,value\n" * 50)[:30])
    assert "cannot be opened or is cut off" in refused("opinion", cut)
    ragged = tmp_path / "ragged.csv"
    ragged.write_text("participant,statement,value\namal,1\n")
    assert "not a readable table: row 1 has 2 values for 3 columns" in refused("opinion", ragged)
    ragged.write_text('participant,statement,value\n"amal,1,1\nbea,1,1\n')
    assert "not a readable table: in line 2 a quotation mark opens and never closes" in refused(
        "opinion", ragged
    )
    wrong = tmp_path / "v.parquet"
    wrong.write_bytes(b"PAR0")
    assert "not a readable Parquet file" in refused("opinion", wrong)
    folder = tmp_path / "export"
    folder.mkdir()
    assert "is not a Polis export" in refused("opinion", folder)
    (folder / "votes.csv").write_text("timestamp,voter-id,comment-id,vote\n1,2,3,5\n")
    assert "row 1: accepted are the columns timestamp" in refused("opinion", folder)
    assert "cannot be written" in refused(
        "opinion",
        write(tmp_path / "v.csv", "participant,statement,value", two_sides(3)),
        "--html",
        tmp_path / "no" / "x",
    )


def test_without_the_package_for_parquet_a_table_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Unreadable, match=r"v\.parquet.*pip install 'massline\[parquet\]'.*as CSV") as refused:
        read_votes(tmp_path / "v.parquet")
    assert refused.value.exit_code == 1
    source = write(tmp_path / "v.csv", "participant,statement,value", two_sides(3))
    assert read_votes(source).table.shape[0] == 3


def test_numbers_in_parquet_and_in_text_are_read_alike(tmp_path: Path) -> None:
    columns = {"day": ["2026-11-20", "2026-11-21"], "count": [1.0, 2.5], "issue": [7, None]}
    pq.write_table(pa.table(columns), tmp_path / "v.parquet")
    (tmp_path / "v.csv").write_text("day,count,issue\n2026-11-20,1,7\n2026-11-21,2.5,\n")
    for name in ("v.parquet", "v.csv"):
        read = read_columns(tmp_path / name, needed=("day", "count", "issue"))
        assert read.verbatim("count") == ["1", "2.5"]
        assert read.verbatim("issue") == ["7", ""]
        assert read.integers("count") is None
