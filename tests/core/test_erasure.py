"""What was destroyed is in no byte of a database's files, while others keep the database open."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from massline.core.db import erasure
from massline.core.db.sqlite import init_command
from tests.ops.house import PATIENCE, environment

SECRET = b"what somebody took back"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "house.sqlite3"


@pytest.fixture
def writer(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        opened.executescript(init_command())
        opened.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, said BLOB)")
        yield opened


def traces(file: Path) -> list[str]:
    return [one.name for one in file.parent.iterdir() if SECRET in one.read_bytes()]


def test_a_deleted_row_lies_in_the_log_until_it_is_cut(file: Path, writer: sqlite3.Connection) -> None:
    writer.execute("INSERT INTO kept (said) VALUES (?)", [SECRET * 40])
    writer.execute("DELETE FROM kept")
    assert traces(file) == ["house.sqlite3-wal"]
    assert erasure._cut(file)
    assert traces(file) == []
    assert file.with_name("house.sqlite3-wal").stat().st_size == 0


def test_a_reader_delays_it_and_the_next_round_does_it(file: Path, writer: sqlite3.Connection) -> None:
    writer.execute("INSERT INTO kept (said) VALUES (?)", [SECRET])
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM kept").fetchone()
        writer.execute("DELETE FROM kept")
        assert not erasure._cut(file)
        reader.execute("COMMIT")
        assert erasure._cut(file)
    assert traces(file) == []


STORY = """
import sys, threading
from massline.cli.django_setup import setup_django
setup_django("square")
from massline.core.db import erasure
from django.db import connections
erasure.LOG_SECONDS = 0.2
erasure.start_log_truncation()
cursor = connections["square"].cursor()
cursor.execute("CREATE TABLE kept (said TEXT)")
cursor.execute("INSERT INTO kept VALUES (%s)", [sys.argv[1]])
cursor.execute("DELETE FROM kept")
log = erasure.sqlite_file("square").with_name("square.sqlite3-wal")
held = log.stat().st_size
for _ in range(100):
    threading.Event().wait(0.1)
    if not log.stat().st_size:
        break
print(held, log.stat().st_size)
"""


def test_each_process_cuts_the_log_by_itself_in_the_time_that_is_stated(tmp_path: Path) -> None:
    env = environment(tmp_path, DJANGO_SETTINGS_MODULE="massline.settings")
    done = subprocess.run(
        [sys.executable, "-c", STORY, SECRET.decode()],
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        cwd=Path(__file__).parents[2],
    )
    assert done.returncode == 0, done.stderr
    held, left = map(int, done.stdout.split())
    assert held > 0
    assert left == 0
    assert not [one for one in tmp_path.rglob("square*") if SECRET in one.read_bytes()]
