"""A backup by a role that may not see every row is refused; one by the desk's own role is whole."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pyrage
import pytest

from massline.desk.guard.backup import postgres as copies
from massline.desk.guard.backup import postgres_address
from massline.desk.people.row_security import policies
from massline.desk.people.row_security.base import ALL, SETTING
from tests.ops.house import environment, run
from tests.ops.postgres import make_database, server

Backup = Callable[[str], str]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with server() as address:
        yield address


@pytest.fixture(scope="module")
def house(address: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A desk owned by a role that is nobody special, and another role that may read all its tables."""
    make_database(address, "square"), make_database(address, "desk")
    with psycopg.connect(f"{address}/desk", autocommit=True) as connection:
        connection.execute("CREATE ROLE desk_role LOGIN NOSUPERUSER NOBYPASSRLS")
        connection.execute("ALTER SCHEMA public OWNER TO desk_role")
    env = environment(
        tmp_path_factory.mktemp("house"),
        MASSLINE_DESK_DB=f"{address}/desk".replace("postgres@", "desk_role@"),
        MASSLINE_SQUARE_DB=f"{address}/square",
    )
    assert run("prepare", env=env).returncode == 0
    with psycopg.connect(f"{address}/desk", autocommit=True) as connection:
        connection.execute("CREATE ROLE copier LOGIN NOSUPERUSER NOBYPASSRLS")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO copier")
        connection.execute("GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO copier")
        connection.execute(
            "INSERT INTO guard_auditline (sequence, verb, subject, day, previous, digest)"
            " VALUES (1, 'began', 'installation', '2026-01-01', '', 'x')"
        )
    return env


@pytest.fixture
def backup(house: dict[str, str], tmp_path: Path) -> Backup:
    """Back up with another desk's address; give what was said, having seen that a refusal leaves no file."""

    def by(desk: str) -> str:
        readers = [str(pyrage.x25519.Identity.generate().to_public()) for _ in range(2)]
        words = [word for one in readers for word in ("--recipient", one)]
        done = run("backup", "--to", str(tmp_path), *words, env=house | {"MASSLINE_DESK_DB": desk})
        assert done.returncode == (0 if len(list(tmp_path.glob("*.age"))) == 2 else 1), done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout if done.returncode == 0 else done.stderr

    return by


def test_the_names_of_setting_and_policy_are_the_walls_own() -> None:
    assert f"-c {SETTING}={ALL}" == postgres_address.EVERYTHING
    assert f"'{SETTING}'" in copies.KEPT_BACK
    assert f"'{policies.POLICY}'" in copies.KEPT_BACK


def test_the_desks_own_role_and_a_reader_of_everything_copy_every_row(
    house: dict[str, str], backup: Backup
) -> None:
    moment = postgres_address.Postgres.of_address(house["MASSLINE_DESK_DB"])
    with copies.hold_snapshot(moment) as seen:
        assert seen.counts()["guard_auditline"] == 1
    assert ".keys.age" in backup(house["MASSLINE_DESK_DB"])
    with copies.hold_snapshot(
        postgres_address.Postgres.of_address(house["MASSLINE_DESK_DB"].replace("desk_role", "copier"))
    ) as seen:
        assert seen.counts()["guard_auditline"] == 1


@pytest.mark.parametrize(
    ("planted", "taken_away"),
    [
        (
            "CREATE POLICY narrow ON guard_auditline AS RESTRICTIVE USING (false)",
            "DROP POLICY narrow ON guard_auditline",
        ),
        (
            "ALTER POLICY massline_scope ON guard_auditline TO desk_role",
            "ALTER POLICY massline_scope ON guard_auditline TO PUBLIC",
        ),
        (
            "ALTER POLICY massline_scope ON guard_auditline RENAME TO other",
            "ALTER POLICY other ON guard_auditline RENAME TO massline_scope",
        ),
    ],
)
def test_a_role_from_which_rows_may_be_kept_back_makes_no_backup(
    address: str, house: dict[str, str], backup: Backup, planted: str, taken_away: str
) -> None:
    with psycopg.connect(f"{address}/desk", autocommit=True) as connection:
        connection.execute(planted)
        try:
            said = backup(house["MASSLINE_DESK_DB"].replace("desk_role", "copier"))
        finally:
            connection.execute(taken_away)
    assert "may not see every row of guard_auditline (1 tables in all)" in said
    assert "Nothing was written" in said


def test_a_connection_on_which_the_setting_does_not_arrive_makes_no_backup(
    house: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_address, "EVERYTHING", "")
    with (
        pytest.raises(postgres_address.PostgresProblem, match="not through a pooler"),
        copies.hold_snapshot(postgres_address.Postgres.of_address(house["MASSLINE_DESK_DB"])),
    ):
        raise AssertionError("it was taken for whole")


def test_a_role_without_the_right_to_read_and_a_database_without_tables_make_no_backup(
    address: str, house: dict[str, str], backup: Backup
) -> None:
    make_database(address, "empty")
    assert "has none of Massline's tables" in backup(f"{address}/empty")
    with psycopg.connect(f"{address}/desk", autocommit=True) as connection:
        connection.execute("REVOKE SELECT ON people_contact FROM copier")
    said = backup(house["MASSLINE_DESK_DB"].replace("desk_role", "copier"))
    assert "permission denied for table people_contact" in said
