"""Doors as processes of their own on PostgreSQL, by the words of docs/run.md: two roles, two databases."""

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.ops.house import PATIENCE, environment, free_ports, run
from tests.ops.postgres import make_owned, make_role, restart, server

SQUARE, DESK = "massline_square", "massline_desk"


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with server() as address:
        for role in (SQUARE, DESK):
            make_role(address, role)
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            connection.execute(f"GRANT {SQUARE} TO {DESK}")
        yield address


@pytest.fixture(scope="module")
def doors(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str]]:
    """The environment of the square's process and of the desk's, which has prepared both databases."""
    square, desk = make_owned(postgres, "square", SQUARE), make_owned(postgres, "desk", DESK)
    folder = tmp_path_factory.mktemp("doors")
    for name in ("square", "desk"):
        (folder / name).mkdir(mode=0o700)
    of_desk = {"MASSLINE_SQUARE_DB": square.replace(f"{SQUARE}@", f"{DESK}@"), "MASSLINE_DESK_DB": desk}
    both = environment(folder / "square", MASSLINE_SQUARE_DB=square), environment(folder / "desk", **of_desk)
    prepared = run("prepare", env=both[1])
    assert prepared.returncode == 0, prepared.stderr
    return both


@contextmanager
def serving(env: dict[str, str], *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "-m", "massline", *arguments],
        env=env | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def asked(port: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


def wait_until_ready(door: "subprocess.Popen[str]", port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert door.poll() is None
        try:
            assert asked(port, "/readyz") == 200
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the door did not open")


def test_what_the_desk_prepares_belongs_to_the_square(
    doors: tuple[dict[str, str], dict[str, str]], postgres: str
) -> None:
    square, desk = doors
    assert run("prepare", "--door", "square", env=square).returncode == 0
    with psycopg.connect(square["MASSLINE_SQUARE_DB"]) as connection:
        owners = connection.execute(
            "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
        ).fetchall()
        assert owners == [(SQUARE,)]
        connection.execute("SELECT count(*) FROM conversations_vote")
    said = run("doctor", "--door", "square", env=square)
    assert said.returncode == 0, said.stdout
    way = run("first-login", env=desk)
    assert way.returncode == 0, way.stderr
    assert "/come-in/" in way.stdout
    again = run("way-in", env=desk)
    assert again.stdout != way.stdout


def test_tables_of_a_stranger_are_named_and_given_back(doors: tuple[dict[str, str], dict[str, str]]) -> None:
    square, desk = doors
    with psycopg.connect(desk["MASSLINE_SQUARE_DB"], autocommit=True) as connection:
        connection.execute(f"SET ROLE {SQUARE}")
        connection.execute(f"GRANT ALL ON SCHEMA public TO {DESK}")
        connection.execute("RESET ROLE")
        connection.execute(f"ALTER TABLE conversations_vote OWNER TO {DESK}")
    with (
        psycopg.connect(square["MASSLINE_SQUARE_DB"]) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT count(*) FROM conversations_vote")
    said = run("doctor", "--door", "square", env=square)
    assert said.returncode == 1
    assert "1 tables of the square belong to another role" in said.stdout
    assert "conversations_vote" in said.stdout
    assert run("prepare", env=desk).returncode == 0
    assert run("doctor", "--door", "square", env=square).returncode == 0


def test_after_the_database_came_back_every_page_is_answered(
    doors: tuple[dict[str, str], dict[str, str]], postgres: str
) -> None:
    square, _desk = doors
    port, _other = free_ports()
    with serving(square, "serve", "square", "--port", str(port)) as door:
        assert door.stdout is not None
        while "The square is at" not in door.stdout.readline():
            assert door.poll() is None
        wait_until_ready(door, port)
        assert {asked(port, "/") for _ in range(6)} == {200}
        restart(postgres)
        assert [asked(port, "/") for _ in range(14)] == [200] * 14


def test_a_worker_that_is_hung_up_on_says_so_and_finishes(
    doors: tuple[dict[str, str], dict[str, str]],
) -> None:
    square, desk = doors
    with (
        serving(desk, "work") as worker,
        psycopg.connect(square["MASSLINE_SQUARE_DB"], autocommit=True) as seen,
    ):
        while seen.execute("SELECT count(*) FROM jobs_workerheartbeat").fetchone() == (0,):
            assert worker.poll() is None
            time.sleep(0.1)
        worker.send_signal(signal.SIGHUP)
        said, _nothing = worker.communicate(timeout=PATIENCE)
    assert "The worker was told to stop (SIGHUP)" in said
    assert worker.returncode == 0


def test_a_rehearsal_without_the_right_says_what_it_needs(postgres: str, tmp_path: Path) -> None:
    backup, identity = tmp_path / "massline-1.data.age", tmp_path / "identity"
    backup.write_bytes(b"x")
    identity.write_text("AGE-SECRET-KEY-1" + "Q" * 58)
    said = run(
        *("drill", "restore", str(backup), "--identity", str(identity)),
        *("--server", postgres.replace("postgres@", f"{SQUARE}@") + "/postgres"),
        env=environment(tmp_path / "house"),
    )
    assert said.returncode == 1
    assert "Traceback" not in said.stderr
    assert f"The role {SQUARE} may not make databases." in said.stderr
