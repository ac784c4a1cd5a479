"""Real exports of Polis: read whole, the same from events as from the matrix, and made into a page."""

from pathlib import Path

import pytest

from massline.files.votes_table import read_votes
from tests.files.command import run

CONVERSATIONS = {
    "15-per-hour-seattle": (339, 2_872),
    "austria-climate.2vkxcncppn.2022-07-07": (1_756, 130_798),
    "brexit-consensus": (204, 5_303),
    "scoop-hivemind.freshwater": (117, 3_972),
    "vtaiwan.uberx": (1_921, 49_443),
}


@pytest.mark.parametrize("name", sorted(CONVERSATIONS))
def test_a_real_polis_export_is_read_whole(name: str, shared: Path) -> None:
    votes = read_votes(shared / "data/polis" / name)
    everything = votes.table.votes + votes.left_out["votes_on_statements_moderated_out"]
    people, cells = CONVERSATIONS[name]
    assert votes.table.shape[0] <= people
    assert (
        cells
        <= everything
        <= cells + votes.table.replaced + votes.left_out["votes_on_statements_moderated_out"]
    )
    assert all(str(text) for text in list(votes.texts.values())[:3])


def test_events_and_matrix_of_one_export_agree_in_every_cell(tmp_path: Path, shared: Path) -> None:
    source = shared / "data/polis/scoop-hivemind.biodiversity"
    for name in ("participants-votes.csv.gz", "comments.csv.gz"):
        (tmp_path / name).write_bytes((source / name).read_bytes())
    from_events, from_matrix = read_votes(source).table, read_votes(tmp_path).table
    assert from_events.votes == from_matrix.votes
    assert from_events.value.tolist() == from_matrix.value.tolist()
    assert from_events.statement.tolist() == from_matrix.statement.tolist()


def test_a_real_export_becomes_a_page(tmp_path: Path, shared: Path) -> None:
    page = tmp_path / "out.html"
    result = run("opinion", shared / "data/polis/brexit-consensus", "--html", page, "--progress")
    assert result.exit_code == 0
    assert "unites us most" in result.output
    assert "Can there be consensus on Brexit?" in page.read_text()
