"""Bea counts an election on files: crosses and ranks, invalid ballots, and the anonymous file anybody counts again."""

import json
from pathlib import Path

import pytest

from massline.engine.elections import restore_election
from massline.files.election_page import summary
from tests.files.command import outcome, refused, run, write
from tests.parts import shows
from tests.tables.table_files import xlsx

FOOD = [
    (4, "Oranges", "", ""),
    (2, "Pears", "Oranges", ""),
    (8, "Chocolate", "Strawberries", ""),
    (4, "Chocolate", "Sweets", ""),
    (1, "Strawberries", "", ""),
    (1, "", "", "Sweets"),
]


def test_a_transferable_vote_is_counted_and_every_round_is_shown(tmp_path: Path) -> None:
    source = write(tmp_path / "b.csv", "count,rank1,rank2,rank3", FOOD)
    doc, page = outcome("election", source, tmp_path, "--method", "stv", "--seats", 3)
    assert doc["result"]["winners"] == ["Chocolate", "Oranges", "Strawberries"]
    assert doc["rests_on"] == {"ballots": 20, "valid_ballots": 20, "candidates": 5}
    assert len(doc["result"]["rounds"]) == 4
    assert shows(page, "count-rounds")
    assert shows(page, "lot-order")
    assert all(sentence in page for sentence in summary(restore_election(doc))[1:])


@pytest.mark.parametrize("method", ["schulze", "instant-runoff", "stv", "approval", "equal-shares"])
def test_the_anonymous_file_counts_to_the_same_bytes(tmp_path: Path, method: str) -> None:
    rows = [("=Amal", 1, 2, ""), ("Bea", "", "", ""), ("x", "", 1, ""), ("y", "?", "", 1)]
    source = write(tmp_path / "b.csv", "ballot,=Amal,Bea,Chen ", [*rows, *rows[:1], *rows[2:3]])
    first, again, anonymous = (tmp_path / name for name in ("1.json", "2.json", "anonymous.csv"))
    found = run(
        "election", source, "--method", method, "--json", first, "--anonymous", anonymous, "--seed", 36
    )
    assert found.exit_code == 0, found.output
    assert run("election", anonymous, "--method", method, "--json", again, "--seed", 36).exit_code == 0
    assert first.read_bytes() == again.read_bytes()
    assert json.loads(first.read_bytes())["left_out"]["empty"] == 1
    assert b"ballot" not in anonymous.read_bytes()


def test_invalid_ballots_are_counted_by_reason(tmp_path: Path) -> None:
    rows = [("Anna", "Bo"), ("Anna", "Anna"), ("", ""), ("Nobody", "Bo"), ("  bo", ""), ("", "Bo")]
    source = write(tmp_path / "b.csv", "rank1,rank2", rows)
    options = ("--method", "stv", "--candidate", "Anna", "--candidate", "Bo")
    doc, _page = outcome("election", source, tmp_path, *options)
    assert doc["left_out"] == {"candidate_twice": 1, "empty": 1, "unknown_candidate": 2}
    assert doc["rests_on"]["valid_ballots"] == 2


def test_two_at_one_rank_count_for_pairs_but_not_for_a_transfer(tmp_path: Path) -> None:
    source = write(tmp_path / "b.csv", "Anna,Bo,Cy", [(1, 1, 2), (1, 2, 3)])
    pairs, page = outcome("election", source, tmp_path, "--method", "schulze")
    assert pairs["left_out"] == {}
    assert pairs["result"]["duels"]["preferred"] == [[0, 1, 2], [0, 0, 2], [0, 0, 0]]
    assert shows(page, "duels")
    transfer, _page = outcome("election", source, tmp_path, "--method", "stv")
    assert transfer["left_out"] == {"two_at_one_rank": 1}


def test_crosses_in_a_workbook_are_read(tmp_path: Path) -> None:
    book = tmp_path / "b.xlsx"
    book.write_bytes(xlsx(ballots=[["Anna", "Bo"], ["x", ""], [1, "Yes"], ["no", "✓"], ["maybe", "x"]]))
    doc, _page = outcome("election", book, tmp_path, "--method", "approval")
    assert [row["amount"]["value"] for row in doc["result"]["rounds"][0]["rows"]] == [2.0, 2.0]
    assert doc["left_out"] == {"unreadable_mark": 1}
    assert len(doc["result"]["rounds"][0]["ties"]) == 1


def test_an_empty_box_gets_an_honest_answer(tmp_path: Path) -> None:
    source = write(tmp_path / "b.csv", "Anna,Bo", [("", "")])
    doc, page = outcome("election", source, tmp_path, "--method", "approval")
    assert doc["result"]["not_enough"]["have"] == 0
    assert summary(restore_election(doc))[1] in page


@pytest.mark.parametrize(
    ("header", "rows", "options", "sentence"),
    [
        ("count,rank1", [("many", "Anna")], (), "row 1: count is 'many'"),
        ("Anna,Anna", [(1, 2)], (), "two columns of the same name"),
        ("Anna,Bo", [(1, 2)], ("--candidate", "Cy"), "has no column for Cy"),
        ("count,rank1", [(1, "")], (), "names no candidate"),
        ("rank1", [("Count",)], (), "no candidate may be called"),
        ("rank1", [("Anna",)], ("--candidate", "Bo", "--candidate", "Bo "), "is named twice"),
    ],
)
def test_a_table_that_holds_no_ballots_is_refused(
    tmp_path: Path, header: str, rows: list[tuple[object, ...]], options: tuple[str, ...], sentence: str
) -> None:
    source = write(tmp_path / "b.csv", header, rows)
    assert sentence in refused("election", source, "--method", "stv", *options)


def test_one_seat_is_all_that_a_runoff_has(tmp_path: Path) -> None:
    source = write(tmp_path / "b.csv", "Anna,Bo", [(1, 2)])
    found = run("election", source, "--method", "schulze", "--seats", 2)
    assert found.exit_code == 2
    assert "--seats" in found.output


@pytest.mark.parametrize("method", ["approval", "equal-shares"])
def test_crosses_in_columns_of_ranks_are_counted_again_alike_and_publish_no_ranking(
    tmp_path: Path, method: str
) -> None:
    (tmp_path / "a.csv").write_text("rank1,rank2,rank3\nAnna,Bo,\nBo,Anna,Cy\nCy,,\n")
    first, again, anonymous = (tmp_path / name for name in ("1.json", "2.json", "anonymous.csv"))
    words = ("--method", method, "--seed", 36)
    assert (
        run("election", tmp_path / "a.csv", *words, "--json", first, "--anonymous", anonymous).exit_code == 0
    )
    assert run("election", anonymous, *words, "--json", again).exit_code == 0
    assert first.read_bytes() == again.read_bytes()
    assert not {"2", "3"} & set(anonymous.read_text().replace("\n", ",").split(",")[5:])


def test_what_cannot_be_counted_exactly_is_refused(tmp_path: Path) -> None:
    for count in (9 * 10**18, 10**22):
        (tmp_path / "a.csv").write_text(f"count,A,B\n{count},1,\n{count},1,\n5,,1\n")
        refused = run("election", tmp_path / "a.csv", "--method", "instant-runoff")
        assert refused.exit_code == 1
        assert "Traceback" not in refused.output
    (tmp_path / "a.csv").write_text("rank1,rank2\nRank 2,Bo\nBo,\n")
    assert run("election", tmp_path / "a.csv", "--method", "instant-runoff").exit_code == 1
