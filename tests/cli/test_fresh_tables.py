"""Tables made at once stand exactly as those that came by every migration."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from massline.desk.guard.seizure_audit import RETIRED
from tests.ops.house import environment, run

SCHEMA = "SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
APPLIED = "SELECT app, name FROM django_migrations"
Rows = Iterable[tuple[str, ...]]


MIGRATE = """
from massline.cli.django_setup import setup_django
setup_django("desk")
from django.core.management import call_command
from massline.desk.people.scope import scope_to_everything
with scope_to_everything("bringing the tables up to this version"):
    for database in ("square", "desk"):
        call_command("migrate", database=database, verbosity=0)
"""


@pytest.mark.full
def test_both_ways_come_to_the_same(tmp_path: Path) -> None:
    """That an installation of an earlier version comes to the same is seen in tests/ops/test_upgrade.py."""
    at_once, step_by_step = tmp_path / "at_once", tmp_path / "step_by_step"
    step_by_step.mkdir()
    subprocess.run([sys.executable, "-c", MIGRATE], env=environment(step_by_step), check=True)
    prepared = run("prepare", env=environment(at_once))
    assert prepared.returncode == 0, prepared.stderr
    assert_same_tables(at_once, step_by_step)


def assert_same_tables(one: Path, other: Path) -> None:
    """Assert that two folders have the same tables, and that the same migrations count as applied.

    The other folder came by migrations: it alone may have tables that wait to be dropped.
    """
    for database in ("square.sqlite3", "desk.sqlite3"):
        with (
            closing(sqlite3.connect(one / database)) as made,
            closing(sqlite3.connect(other / database)) as migrated,
        ):
            assert set(made.execute(APPLIED)) == set(migrated.execute(APPLIED)) != set()
            found, expected = described(made.execute(SCHEMA)), described(migrated.execute(SCHEMA))
        assert found.keys() == expected.keys() - RETIRED.keys()
        for table, parts in found.items():
            assert expected[table] == parts, table


def described(rows: Rows) -> dict[str, list[str]]:
    """Every table: its columns and constraints, whatever their order, and its indexes."""
    told: dict[str, list[str]] = {}
    for kind, table, sql in rows:
        told.setdefault(table, []).extend(parts_of(sql) if kind == "table" else [sql])
    return {table: sorted(parts) for table, parts in told.items()}


def parts_of(sql: str) -> list[str]:
    """What stands between the outermost brackets, cut at its own commas."""
    parts, depth = [""], 0
    for letter in sql[: sql.rindex(")")]:
        depth += (letter == "(") - (letter == ")")
        if depth == 1 and letter in "(,":
            parts.append("")
        else:
            parts[-1] += letter
    return [" ".join(part.split()) for part in parts]
