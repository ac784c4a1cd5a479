"""Installations of earlier versions come through `massline prepare` and `massline restore` with nothing lost.

Each folder of `installations` holds the demonstration as one version wrote it: both databases as SQL dumps of
SQLite and PostgreSQL, and a backup with the identity that opens it.
"""

import lzma
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.cli.test_fresh_tables import assert_same_tables
from tests.ops.house import environment, run, started
from tests.ops.postgres import make_owned, make_role, server

INSTALLATIONS = sorted((Path(__file__).parent / "installations").iterdir())
DATABASES = ("square", "desk")
ROLE = "massline"
ORDER_FORGOTTEN = """SELECT
(SELECT count(*) FROM conversations_vote WHERE id > 1000000),
(SELECT count(*) FROM conversations_vote WHERE shown_value = value),
(SELECT count(*) FROM conversations_vote v JOIN conversations_participant p ON p.id = v.participant_id WHERE p.id > 1000000),
(SELECT count(*) FROM conversations_opinionsnapshot),
(SELECT count(DISTINCT conversation_id) FROM conversations_opinionsnapshot)"""
# Of each conversation's maps the newest is kept.
FORGOTTEN = {"conversations_opinionsnapshot"}
# What Django and the worker write by themselves.
OWN_BOOKS = FORGOTTEN | {
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "jobs_job",
    "sqlite_sequence",
}


@pytest.fixture(params=INSTALLATIONS, ids=lambda folder: folder.name)
def installation(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.param
    return folder


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with server() as address:
        make_role(address, ROLE)
        yield address


def dump_of(installation: Path, database: str, kind: str) -> str:
    return lzma.decompress((installation / f"{database}.{kind}.sql.xz").read_bytes()).decode()


def load_sqlite(installation: Path, folder: Path) -> dict[str, int]:
    """Write both SQLite files; return the rows of each table."""
    counts: dict[str, int] = {}
    for database in DATABASES:
        with closing(sqlite3.connect(folder / f"{database}.sqlite3")) as connection:
            connection.executescript(dump_of(installation, database, "sqlite"))
        counts |= rows_of_sqlite(folder / f"{database}.sqlite3", database)
    return counts


def rows_of_sqlite(file: Path, database: str) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            f"{database}.{table}": connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in tables
            if table not in OWN_BOOKS
        }


def rows_of_postgres(address: str, database: str) -> dict[str, int]:
    with psycopg.connect(address) as connection:
        connection.execute("SELECT set_config('massline.scope', '*', false)")
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        counts = {}
        for (table,) in tables:
            if table not in OWN_BOOKS:
                row = connection.execute(
                    psycopg.sql.SQL("SELECT count(*) FROM {}").format(psycopg.sql.Identifier(table))
                )
                counts[f"{database}.{table}"] = row.fetchall()[0][0]
        return counts


def lost(before: dict[str, int], after: dict[str, int]) -> dict[str, tuple[int, int | None]]:
    return {table: (rows, after.get(table)) for table, rows in before.items() if after.get(table) != rows}


def test_two_sqlite_files_of_an_earlier_version_open_with_all_their_rows(
    installation: Path, tmp_path: Path
) -> None:
    tmp_path.chmod(0o700)
    before = load_sqlite(installation, tmp_path)
    assert before["square.conversations_vote"] > 3_000
    prepared = run("prepare", env=environment(tmp_path))
    assert prepared.returncode == 0, prepared.stderr
    after: dict[str, int] = {}
    for database in DATABASES:
        after |= rows_of_sqlite(tmp_path / f"{database}.sqlite3", database)
    assert lost(before, after) == {}
    with closing(sqlite3.connect(tmp_path / "square.sqlite3")) as square:
        votes, told, people, maps, conversations = square.execute(ORDER_FORGOTTEN).fetchone()
    assert votes == told == people > 3_000
    assert maps == conversations > 0
    fresh = tmp_path / "fresh"
    assert run("prepare", env=environment(fresh)).returncode == 0
    assert_same_tables(fresh, tmp_path)
    with started(tmp_path, "--empty") as house:
        assert "Riverside" in house.page(house.square)
        assert 'type="password"' in house.page(house.desk, "/login/")


def test_a_postgresql_pair_of_an_earlier_version_is_prepared_with_all_its_rows(
    installation: Path, postgres: str, tmp_path: Path
) -> None:
    tmp_path.chmod(0o700)
    addresses = {name: make_owned(postgres, f"{name}_{installation.name}"[:60], ROLE) for name in DATABASES}
    before: dict[str, int] = {}
    for name, address in addresses.items():
        subprocess.run(
            ["psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--output", "/dev/null", address],
            input=dump_of(installation, name, "postgresql"),
            text=True,
            check=True,
        )
        before |= rows_of_postgres(address, name)
    assert before["desk.people_contact"] > 30
    env = environment(tmp_path, MASSLINE_SQUARE_DB=addresses["square"], MASSLINE_DESK_DB=addresses["desk"])
    prepared = run("prepare", env=env)
    assert prepared.returncode == 0, prepared.stderr
    after: dict[str, int] = {}
    for name, address in addresses.items():
        after |= rows_of_postgres(address, name)
    assert lost(before, after) == {}
    assert "is up to date (postgresql)" in run("doctor", env=env).stdout


def test_a_backup_of_an_earlier_version_is_restored_and_prepared(installation: Path, tmp_path: Path) -> None:
    folder = tmp_path / "restored"
    identity = tmp_path / "identity.txt"
    identity.write_text((installation / "identity.txt").read_text())
    identity.chmod(0o600)
    restored = run(
        *("restore", str(installation / "backup.data.age"), "--keys", str(installation / "backup.keys.age")),
        *("--identity", str(identity), "--to", str(folder)),
        env=environment(tmp_path),
    )
    assert restored.returncode == 0, restored.stderr
    before: dict[str, int] = {}
    for name in DATABASES:
        before |= rows_of_sqlite(folder / f"{name}.sqlite3", name)
    assert before["desk.people_contact"] > 30
    assert run("prepare", env=environment(folder)).returncode == 0
    after: dict[str, int] = {}
    for name in DATABASES:
        after |= rows_of_sqlite(folder / f"{name}.sqlite3", name)
    assert lost(before, after) == {}
