"""Copies of SQLite files, and the key bag that is removed from them and restored separately."""

import sqlite3
from contextlib import closing
from pathlib import Path

from massline.desk.guard.backup.archive import BackupProblem

KEY_BAG = ("guard_holderseal",)
NEVER_COPIED = ("guard_unlock", "guard_invitation", "people_desksession")


def copy_live(source: Path, target: Path) -> None:
    """Copy with SQLite's backup API, which is consistent while others write."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def take_out_keys(path: Path) -> dict[str, list[dict[str, object]]]:
    bag = {}
    with closing(sqlite3.connect(path)) as copy:
        copy.row_factory = sqlite3.Row
        present = _tables(copy)
        for table in KEY_BAG:
            if table in present:
                rows = copy.execute(f'SELECT * FROM "{table}"').fetchall()
                bag[table] = [{name: to_json_value(row[name]) for name in row.keys()} for row in rows]  # noqa: SIM118
        for table in (*KEY_BAG, *NEVER_COPIED):
            if table in present:
                copy.execute(f'DELETE FROM "{table}"')
        copy.commit()
        copy.execute("VACUUM")
    return bag


def put_keys_back(path: Path, bag: dict[str, list[dict[str, object]]]) -> None:
    with closing(sqlite3.connect(path)) as copy:
        for table in KEY_BAG:
            for row in bag.get(table, []):
                names = ", ".join(f'"{name}"' for name in row)
                marks = ", ".join("?" for _ in row)
                copy.execute(
                    f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
                    [from_json_value(value) for value in row.values()],
                )
        copy.commit()


def to_json_value(value: object) -> object:
    return {"hex": bytes(value).hex()} if isinstance(value, bytes | memoryview) else value


def from_json_value(value: object) -> object:
    return bytes.fromhex(str(value["hex"])) if isinstance(value, dict) else value


def count_rows(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as copy:
        return {
            table: int(copy.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])
            for table in _tables(copy)
        }


def require_integrity(path: Path) -> None:
    with closing(sqlite3.connect(path)) as copy:
        result = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if result != "ok":
        raise BackupProblem(f"{path.name} is damaged: {result}. Nothing was put in place.")


def _tables(copy: sqlite3.Connection) -> list[str]:
    rows = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return sorted(str(name) for (name,) in rows)
