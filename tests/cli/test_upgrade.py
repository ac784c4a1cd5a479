"""`massline upgrade` and `massline rollback` name the backup between two versions, and leave everything whole."""

import getpass
import shutil
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from massline.cli.install.replaced_databases import Place, exchange_databases
from massline.cli.install.upgrade import Upgrade, find_named_backup, find_recorded_backup

START = datetime(2026, 12, 1, 9, 30, 5, 700000, tzinfo=UTC)


def test_the_backup_is_the_one_that_was_just_made_wherever_the_settings_put_it(tmp_path: Path) -> None:
    for name in ("massline-20261201T093005.data.age", "massline-20270101T000000.data.age"):
        (tmp_path / name).touch()
    made, old = tmp_path / "massline-20261201T093005.data.age", tmp_path / "massline-20261130T000000.data.age"
    said = f"The desk: 3 rows in 2 tables\nThe data:    {made}\nThe key bag: somewhere\n"
    assert find_named_backup(said, since=START) == (made, tmp_path / "massline-20261201T093005.keys.age")
    for other in (said.replace(made.name, old.name), said.replace(str(made), f"{made}.gone"), ""):
        old.touch()
        with pytest.raises(click.ClickException, match="could not be found"):
            find_named_backup(other, since=START)


@pytest.mark.parametrize("fault", ["", "copy", "folder"])
def test_databases_are_exchanged_both_or_neither(tmp_path: Path, fault: str) -> None:
    """What is missing at the end, the desk's copy or its folder, leaves the square's database where it was as well."""
    restored, aside = tmp_path / "restored", tmp_path / "aside"
    places = {
        name: Place(tmp_path / f"{name}/{name}.sqlite3", getpass.getuser(), 0o640)
        for name in ("square", "desk")
    }
    there = [place.file for place in places.values()] + [tmp_path / "square/square.sqlite3-wal"]
    files = dict.fromkeys(there, "now") | {restored / f"{name}.sqlite3": "then" for name in places}
    for file, text in files.items():
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    if fault == "copy":
        (restored / "desk.sqlite3").unlink()
    elif fault == "folder":
        shutil.rmtree(tmp_path / "desk")
    before = read_below(tmp_path)
    if fault:
        with pytest.raises(FileNotFoundError):
            exchange_databases(places, restored, aside)
        assert read_below(tmp_path) == before
        return
    exchange_databases(places, restored, aside)
    names = ("square.sqlite3", "square.sqlite3-wal", "desk.sqlite3")
    assert read_below(tmp_path) == {f"aside/{name}": "now" for name in names} | {
        f"{name}/{name}.sqlite3": "then" for name in places
    }


def read_below(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*") if file.is_file()}


def test_a_rollback_needs_its_backup_and_the_key_bag_unless_told_otherwise(tmp_path: Path) -> None:
    data, keys = tmp_path / "massline-1.data.age", tmp_path / "massline-1.keys.age"
    record = Upgrade("1", "2", str(data), str(keys))
    with pytest.raises(click.ClickException, match="--keep-data"):
        find_recorded_backup(record, without_keys=True)
    data.touch()
    with pytest.raises(click.ClickException, match="--without-keys"):
        find_recorded_backup(record, without_keys=False)
    assert find_recorded_backup(record, without_keys=True).keys is None
    keys.touch()
    assert find_recorded_backup(record, without_keys=False).keys == keys
