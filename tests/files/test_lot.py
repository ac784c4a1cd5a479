"""Bea draws a panel on files: the list before the dice, and the panel after."""

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from massline.engine.lot import restore_lot
from massline.files.lot_page import summary
from tests.files.command import outcome, refused, run, write
from tests.parts import shows

POOL = [(f"P{n:02}", "boat" if n % 3 else "block", "night" if n % 4 else "day") for n in range(24)]
QUOTAS = [("home", "boat", 2, 3), ("home", "block", 2, 3), ("work", "night", 1, 5), ("work", "day", 2, 3)]


def files(folder: Path, quotas: Sequence[tuple[object, ...]] = QUOTAS) -> tuple[Path, Path]:
    pool = write(folder / "pool.csv", "id,home,work", POOL)
    return pool, write(folder / "quotas.csv", "feature,value,min,max", quotas)


def test_the_list_is_published_and_the_dice_name_a_row_of_it(tmp_path: Path) -> None:
    pool, quotas = files(tmp_path)
    listed = tmp_path / "list.csv"
    options = ("--quotas", quotas, "--size", 5, "--list", listed)
    before, page = outcome("lot", pool, tmp_path, *options)
    assert "drawn" not in before["result"]
    assert not shows(page, "drawn")
    rows = list(csv.reader(listed.read_text().splitlines()))[1:]
    lines = "".join("\t".join(row) + "\n" for row in rows)
    assert hashlib.sha256(lines.encode()).hexdigest() == before["result"]["list_sha256"]
    after, page = outcome("lot", pool, tmp_path, *options, "--dice", "35216")
    assert after["result"]["list_sha256"] == before["result"]["list_sha256"]
    assert after["result"]["drawn"]["people"] == next(row for row in rows if row[0] == "35216")[1:]
    assert after["seed"] == 35216
    assert shows(page, "drawn")
    assert all(sentence in page for sentence in summary(restore_lot(after))[1:])


def test_no_feature_of_a_person_leaves_the_command(tmp_path: Path) -> None:
    pool, quotas = files(tmp_path)
    listed = tmp_path / "list.csv"
    outcome("lot", pool, tmp_path, "--quotas", quotas, "--size", 5, "--list", listed, "--dice", "11111")
    assert "boat" not in listed.read_text()


@pytest.mark.parametrize(
    ("rows", "options", "sentence"),
    [
        ([("home", "boat", 9, 3)], (), "at least 9 is more than at most 3"),
        ([("home", "boat", 0, 1), ("home", "block", 0, 1)], (), "no panel of 5 meets the quotas"),
        ([("garden", "yes", 0, 1)], (), "has no column garden"),
        (QUOTAS, ("--dice", "77777"), "five digits from 1 to 6"),
        ([("home", "boat", "few", 3)], (), "min is 'few'"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    tmp_path: Path, rows: Sequence[tuple[object, ...]], options: tuple[str, ...], sentence: str
) -> None:
    pool, quotas = files(tmp_path, rows)
    assert sentence in refused("lot", pool, "--quotas", quotas, "--size", 5, *options)


def test_an_id_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    _pool, quotas = files(tmp_path)
    twice = write(tmp_path / "twice.csv", "id,home,work", [*POOL, POOL[0]])
    assert "row 25: id is 'P00'" in refused("lot", twice, "--quotas", quotas, "--size", 5)
    assert run("lot", twice, "--quotas", quotas).exit_code == 2
