"""Tables made at once stand exactly as those that came by every migration."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.db import connections

from tests.ops.house import environment, run

SCHEMA = "SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
APPLIED = "SELECT app, name FROM django_migrations"
Rows = Iterable[tuple[str, ...]]


@pytest.mark.django_db(databases=["square", "desk"])
def test_both_ways_come_to_the_same(tmp_path: Path) -> None:
    made_at_once = run("prepare", env=environment(tmp_path))
    assert made_at_once.returncode == 0, made_at_once.stderr
    for database in ("square", "desk"):
        with connections[database].cursor() as migrated:
            expected = described(migrated.execute(SCHEMA).fetchall())
            applied = set(migrated.execute(APPLIED).fetchall())
        made = sqlite3.connect(tmp_path / f"{database}.sqlite3")
        found, written_down = described(made.execute(SCHEMA)), set(made.execute(APPLIED))
        made.close()
        assert written_down == applied
        assert found.keys() == expected.keys()
        for table, told in expected.items():
            assert found[table] == told, table


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
