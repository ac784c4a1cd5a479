"""A backup comes back whole, opens for its recipients alone, and carries no key in its data."""

import io
import shutil
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from massline.desk.guard.backup.archive import BackupProblem, encrypt_copies
from massline.desk.guard.backup.dump import Backup, make_backup, restore_backup
from massline.desk.guard.backup.scratch_folder import MEMORY, choose_scratch_folder

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SEAL = bytes(range(40))


@pytest.fixture
def holders() -> list[pyrage.x25519.Identity]:
    return [pyrage.x25519.Identity.generate() for _ in range(2)]


@pytest.fixture
def databases(tmp_path: Path) -> dict[str, Path]:
    paths = {name: tmp_path / f"{name}.sqlite3" for name in ("square", "desk")}
    with closing(sqlite3.connect(paths["square"])) as square:
        square.executescript("CREATE TABLE votes (value INTEGER); INSERT INTO votes VALUES (1), (-1), (0);")
    with closing(sqlite3.connect(paths["desk"])) as desk:
        desk.executescript(
            "CREATE TABLE guard_holderseal (id INTEGER, sealed BLOB); CREATE TABLE guard_unlock (sealed BLOB);"
        )
        desk.execute("INSERT INTO guard_holderseal VALUES (1, ?)", (SEAL,))
        desk.execute("INSERT INTO guard_unlock VALUES (?)", (SEAL,))
        desk.commit()
    return paths


@pytest.fixture
def made(databases: dict[str, Path], holders: list[pyrage.x25519.Identity], tmp_path: Path) -> Backup:
    return make_backup(databases, tmp_path / "backups", [str(one.to_public()) for one in holders], now=NOW)


def rows(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as found:
        return list(found.execute(f"SELECT * FROM {table}"))


def test_either_recipient_brings_everything_back(
    made: Backup, holders: list[pyrage.x25519.Identity], tmp_path: Path
) -> None:
    for number, holder in enumerate(holders):
        back = tmp_path / f"back-{number}"
        restore_backup(made.data, made.keys, str(holder), back)
        assert rows(back / "square.sqlite3", "votes") == [(1,), (-1,), (0,)]
        assert rows(back / "desk.sqlite3", "guard_holderseal") == [(1, SEAL)]
        assert rows(back / "desk.sqlite3", "guard_unlock") == []


def test_the_data_without_the_key_bag_holds_no_seal(
    made: Backup, holders: list[pyrage.x25519.Identity], tmp_path: Path
) -> None:
    restore_backup(made.data, None, str(holders[0]), tmp_path / "back")
    assert rows(tmp_path / "back" / "desk.sqlite3", "guard_holderseal") == []
    assert SEAL not in (tmp_path / "back" / "desk.sqlite3").read_bytes()


def test_a_stranger_opens_nothing(made: Backup, tmp_path: Path) -> None:
    with pytest.raises(BackupProblem, match="does not open with this identity"):
        restore_backup(made.data, made.keys, str(pyrage.x25519.Identity.generate()), tmp_path / "back")


def test_one_wrong_byte_is_noticed(
    made: Backup, holders: list[pyrage.x25519.Identity], tmp_path: Path
) -> None:
    broken = bytearray(made.data.read_bytes())
    broken[-20] ^= 1
    made.data.write_bytes(bytes(broken))
    with pytest.raises(BackupProblem):
        restore_backup(made.data, made.keys, str(holders[0]), tmp_path / "back")


def test_one_recipient_is_not_enough(
    databases: dict[str, Path], holders: list[pyrage.x25519.Identity], tmp_path: Path
) -> None:
    with pytest.raises(BackupProblem, match="at least two"):
        make_backup(databases, tmp_path, [str(holders[0].to_public())] * 2, now=NOW)


def test_a_folder_with_databases_is_left_alone(
    made: Backup, holders: list[pyrage.x25519.Identity], databases: dict[str, Path]
) -> None:
    folder = databases["desk"].parent
    with pytest.raises(BackupProblem, match="Nothing was changed"):
        restore_backup(made.data, made.keys, str(holders[0]), folder)


def test_nothing_is_left_lying_about(made: Backup) -> None:
    assert {one.name for one in made.data.parent.iterdir()} == {made.data.name, made.keys.name}


def test_an_archive_with_anything_else_in_it_reaches_no_disk(
    holders: list[pyrage.x25519.Identity], tmp_path: Path
) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../outside.sqlite3"))
    crafted = tmp_path / "crafted.data.age"
    crafted.write_bytes(pyrage.encrypt(packed.getvalue(), [holders[0].to_public()]))
    with pytest.raises(BackupProblem, match=r"outside\.sqlite3"):
        restore_backup(crafted, None, str(holders[0]), tmp_path / "back")
    assert list(tmp_path.rglob("outside*")) == []


def test_a_copy_that_cannot_be_packed_leaves_no_file_that_looks_whole(
    holders: list[pyrage.x25519.Identity], tmp_path: Path
) -> None:
    (tmp_path / "square.sqlite3").write_bytes(bytes(100_000))
    target = tmp_path / "made.data.age"
    with pytest.raises(TypeError):
        encrypt_copies(tmp_path, {"square.votes": object()}, target, [holders[0].to_public()])  # type: ignore[dict-item]
    assert not target.exists()
    assert not target.with_suffix(".part").exists()


def test_small_copies_are_made_in_memory_large_ones_where_there_is_room_or_not_at_all(tmp_path: Path) -> None:
    assert choose_scratch_folder(1000, [tmp_path]) == MEMORY
    too_much_for_memory = shutil.disk_usage(MEMORY).free // 2
    assert choose_scratch_folder(too_much_for_memory, [tmp_path]) == tmp_path
    with pytest.raises(BackupProblem, match="Nothing was written"):
        choose_scratch_folder(2**60, [tmp_path])
