"""The second wall on a real PostgreSQL: what a query of the desk's role sees is what is open, whatever it goes around."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.ops.house import environment, run
from tests.ops.postgres import make_owned, make_role, server

ROLES = ("desk_role", "square_role")
INSIDE = Path(__file__).with_name("inside_the_wall.py")


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    with server() as address:
        yield address


@pytest.fixture(scope="module")
def env(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Two databases, each owned by a role of its own that is nobody special, and prepared as docs/run.md says."""
    for role in ROLES:
        make_role(postgres, role)
    desk, square = (
        make_owned(postgres, name, role) for name, role in zip(("desk", "square"), ROLES, strict=True)
    )
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        for name in ("desk", "square"):
            connection.execute(f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC")
        connection.execute("GRANT CONNECT ON DATABASE square TO desk_role")
        connection.execute("GRANT square_role TO desk_role")
    env = environment(
        tmp_path_factory.mktemp("house"),
        MASSLINE_DESK_DB=desk,
        MASSLINE_SQUARE_DB=square.replace("square_role@", "desk_role@"),
    )
    assert run("prepare", env=env).returncode == 0
    return env


def test_the_desk_sees_what_is_open_and_nothing_else(env: dict[str, str]) -> None:
    """The looks are in inside_the_wall.py, which runs as the desk does."""
    done = subprocess.run([sys.executable, str(INSIDE)], env=os.environ | env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.split()[-1] == "held"


def test_without_a_setting_the_owner_of_the_tables_sees_no_row(env: dict[str, str]) -> None:
    with psycopg.connect(env["MASSLINE_DESK_DB"]) as connection:
        for table in ("people_section", "people_contact", "people_nextstep", "guard_auditline"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            connection.execute(
                "INSERT INTO people_section (organisation_id, name, headcount) VALUES (1, 'x', 1)"
            )


def test_every_scoped_table_is_walled_and_preparing_again_changes_nothing(env: dict[str, str]) -> None:
    def policies() -> list[tuple[object, ...]]:
        with psycopg.connect(env["MASSLINE_DESK_DB"]) as connection:
            return connection.execute(
                "SELECT tablename, qual, with_check FROM pg_policies ORDER BY tablename"
            ).fetchall()

    before = policies()
    assert len(before) > 25
    assert run("prepare", env=env).returncode == 0
    assert policies() == before
    with psycopg.connect(env["MASSLINE_DESK_DB"]) as connection:
        forced = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        ).fetchone()
    assert forced == (len(before),)


def test_the_squares_role_does_not_even_enter_the_desks_database(env: dict[str, str]) -> None:
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(env["MASSLINE_DESK_DB"].replace("desk_role@", "square_role@"))


def test_the_doctor_names_a_table_without_a_wall_and_a_role_that_goes_around_it(
    env: dict[str, str], postgres: str
) -> None:
    assert "PostgreSQL keeps organisations apart" in run("doctor", env=env).stdout
    with psycopg.connect(env["MASSLINE_DESK_DB"], autocommit=True) as connection:
        connection.execute("DROP POLICY massline_scope ON people_contact")
        connection.execute("ALTER TABLE people_section NO FORCE ROW LEVEL SECURITY")
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute("ALTER ROLE desk_role BYPASSRLS")
    said = run("doctor", env=env)
    assert said.returncode == 1
    assert "No wall stands around people_contact, people_section (2 tables)." in said.stdout
    assert "goes around the wall between organisations" in said.stdout
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as connection:
        connection.execute("ALTER ROLE desk_role NOBYPASSRLS")
    assert run("prepare", env=env).returncode == 0
    assert "PostgreSQL keeps organisations apart" in run("doctor", env=env).stdout
